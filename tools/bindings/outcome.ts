/** What a step yields: a value, or every reason why not, each in one line. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | Failed;

/** The reasons, at least one. */
export interface Failed {
  readonly ok: false;
  readonly errors: readonly string[];
}

/** A failed outcome. */
export function failed(...errors: readonly string[]): Failed {
  return { ok: false, errors };
}
