/**
 * The filter between a metric's braces: which series are read. Symbols (`,` and `!`) and words (AND, OR, NOT, IN) are two
 * spellings of the same tree (Datadog documentation: Metrics, Advanced Filtering).
 *
 * Values built with the functions here are in normal form: a conjunction holds no conjunction, a negation no negation.
 */
export type Scope =
  /** `*`: every series. */
  | { readonly kind: "everywhere" }
  /** `key:value`; `*` in the value stands for any characters, and the value may itself have colons. */
  | { readonly kind: "tag"; readonly key: string; readonly value: string }
  /** A tag without a key, such as `production`. */
  | { readonly kind: "bare-tag"; readonly tag: string }
  /** `key IN (a,b)`. */
  | { readonly kind: "tag-in"; readonly key: string; readonly values: readonly string[] }
  /** `$name`: a dashboard's template variable; a monitor has none. */
  | { readonly kind: "variable"; readonly name: string }
  | { readonly kind: "not"; readonly scope: Scope }
  | { readonly kind: "and" | "or"; readonly scopes: readonly Scope[] };

/** Every series: `{*}`. */
export const everywhere: Scope = { kind: "everywhere" };

/** Series with the tag `key:value`; `*` in the value stands for any characters. */
export const tag = (key: string, value: string): Scope => ({ kind: "tag", key, value });

/** Series with a tag that has no key. */
export const bareTag = (name: string): Scope => ({ kind: "bare-tag", tag: name });

/** Series whose tag `key` has one of the values. */
export const tagIn = (key: string, ...values: readonly [string, ...string[]]): Scope => ({
  kind: "tag-in",
  key,
  values,
});

/** Series chosen by a dashboard's template variable, named without its `$`. */
export const scopeVariable = (name: string): Scope => ({ kind: "variable", name });

/** Series outside a scope. */
export const without = (scope: Scope): Scope => (scope.kind === "not" ? scope.scope : { kind: "not", scope });

/** Series inside every scope; of none, every series. */
export function allScopes(...scopes: readonly Scope[]): Scope {
  const flat = scopes
    .flatMap((each) => (each.kind === "and" ? each.scopes : [each]))
    .filter((each) => each.kind !== "everywhere");
  const [only] = flat;
  if (only === undefined) {
    return everywhere;
  }
  return flat.length === 1 ? only : { kind: "and", scopes: flat };
}

/** Series inside any of the scopes. */
export function anyScope(first: Scope, ...rest: readonly Scope[]): Scope {
  const flat = [first, ...rest].flatMap((each) => (each.kind === "or" ? each.scopes : [each]));
  return flat.length === 1 ? first : { kind: "or", scopes: flat };
}
