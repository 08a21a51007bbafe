/*
 * Reading generated bindings: the generator writes every attribute in one fixed form, so that plain text is enough, and a
 * compiler would cost more than all else here. Source: @cdktf/provider-generator, its emitters.
 */

/** A class of a generated module. */
export interface BindingClass {
  /** Class of `cdktf` that it extends: `TerraformResource`, `ComplexObject`, … */
  readonly base: string;
  readonly text: string;
}

/** What one generated module exports, as text. */
export interface BindingModule {
  readonly classes: ReadonlyMap<string, BindingClass>;
  readonly interfaces: ReadonlyMap<string, string>;
  /** Functions that turn a struct into HCL, by the struct's name with a small first letter. */
  readonly mappers: ReadonlyMap<string, string>;
  /** Names of the interfaces by the same with a small first letter. */
  readonly structNames: ReadonlyMap<string, string>;
}

/** An attribute's accessors: its traits and the code of its getter. */
export interface Accessor {
  readonly name: string;
  readonly computed: boolean;
  readonly optional: boolean;
  readonly required: boolean;
  readonly body: string;
}

/** An argument's entry in a function that writes HCL. */
export interface Argument {
  /** Expression that writes the value, `cdktf.stringToHclTerraform(this._name)`. */
  readonly expression: string;
  /** `simple`, `list`, `set`, `map`, `struct`, … */
  readonly kind: string;
}

const lowerFirst = (name: string): string => name.slice(0, 1).toLowerCase() + name.slice(1);

/** Takes a module apart at its exports. */
export function parseModule(source: string): BindingModule {
  const classes = new Map<string, BindingClass>();
  const interfaces = new Map<string, string>();
  const mappers = new Map<string, string>();
  for (const text of source.split(/\n(?=export )/)) {
    const [, kind, name = "", base = ""] =
      /^export (class|interface|function) (\w+)(?: extends cdktf\.(\w+))?/.exec(text) ?? [];
    if (kind === "class" && base !== "") classes.set(name, { base, text });
    if (kind === "interface") interfaces.set(name, text);
    if (kind === "function" && name.endsWith("ToHclTerraform"))
      mappers.set(name.slice(0, -"ToHclTerraform".length), text);
  }
  const structNames = new Map([...interfaces.keys()].map((name) => [lowerFirst(name), name]));
  return { classes, interfaces, mappers, structNames };
}

/** The function that writes a struct's HCL; empty when there is none. */
export const mapperOf = ({ mappers }: BindingModule, struct: string): string => mappers.get(lowerFirst(struct)) ?? "";

const accessorComment = /\/\/ (\w+) - computed: (true|false), optional: (true|false), required: (true|false)\n/g;

/** The attributes of a class, in its order. */
export function accessorsOf(classText: string): readonly Accessor[] {
  const comments = [...classText.matchAll(accessorComment)];
  return comments.map((comment, index) => {
    const [whole, name = "", computed, optional, required] = comment;
    const end = comments[index + 1]?.index ?? classText.length;
    const [body = ""] = classText.slice(comment.index + whole.length, end).split("// =====");
    // An attribute within a computed one is written as computed too, even where it is required: terraform knows no such thing.
    const traits = { computed: computed === "true" && required !== "true", optional: optional === "true" };
    return { name, ...traits, required: required === "true", body };
  });
}

const argumentEntry =
  /^\s+(\w+): \{\n\s+value: (.*),\n\s+isBlock: \w+,\n\s+type: "(\w+)",\n\s+storageClassType: "\w+",/gm;

/** The arguments that a function writes, by their Terraform names. */
export const argumentsOf = (text: string): ReadonlyMap<string, Argument> =>
  new Map(
    [...text.matchAll(argumentEntry)].map(([, name = "", expression = "", kind = ""]) => [
      name,
      { expression: expression.replace(/^\S+ === undefined \? .*? : /, ""), kind },
    ]),
  );

/** The properties of an interface, and whether each may be left out. */
export const propertiesOf = (text: string): readonly { readonly name: string; readonly optional: boolean }[] =>
  [...text.matchAll(/readonly (\w+)(\??): /g)].map(([, name = "", mark]) => ({ name, optional: mark === "?" }));

/** Names of the arguments that an interface's comments call a block. */
export const blocksOf = (interfaceText: string): ReadonlySet<string> =>
  new Set([...interfaceText.matchAll(/\* (\w+) block\n/g)].map(([, name = ""]) => name));
