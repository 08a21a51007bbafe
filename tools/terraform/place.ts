import { constructPath, placeOfPath } from "../../checks/construct-place";
import type { Catalog } from "../../model/catalog";
import type { Where } from "../../model/finding";
import { addressesIn, pathOfAddress } from "./address";
import type { Diagnostic, Position } from "./diagnostic";
import { jsonPathAtByte } from "./json-path";

/** The configuration of a stack, to look places up in. */
export interface Configuration {
  /** Undefined for a stack whose catalog is not this process's: another revision's. */
  readonly catalog: Catalog | undefined;
  /** Text of `cdk.tf.json`. */
  readonly text: string;
  /** The same, parsed; undefined when it is no JSON. */
  readonly document: unknown;
}

export function configurationOf(catalog: Catalog | undefined, text: string): Configuration {
  try {
    const document: unknown = JSON.parse(text);
    return { catalog, text, document };
  } catch {
    return { catalog, text, document: undefined };
  }
}

const has = (value: unknown, key: string): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && Object.hasOwn(value, key);

/** Whether the document holds a resource at the path. */
const holds = (document: unknown, [kind = "", type = "", name = ""]: readonly string[]): boolean =>
  has(document, kind) && has(document[kind], type) && has(document[kind][type], name);

/** The place of the part of a stack at a path; undefined when there is no resource at it. */
function placeAt({ catalog, document }: Configuration, path: readonly string[]): Where | undefined {
  if (!holds(document, path)) return undefined;
  if (catalog !== undefined) return placeOfPath(catalog, document, path);
  const rule = constructPath(document, path).join("/");
  return { ...(rule === "" ? {} : { rule }), field: path.slice(1).join(".") };
}

/** The place in the catalog of the resource at an address, if the stack has it. */
export const placeOfAddress = (configuration: Configuration, address: string): Where | undefined =>
  placeAt(configuration, pathOfAddress(address));

/** The byte of the first character in a line that is no space. */
function byteOfLine(text: string, line: number): number {
  const lines = text.split("\n");
  const before = lines.slice(0, line - 1).join("\n");
  const indent = /^\s*/.exec(lines[line - 1] ?? "")?.[0] ?? "";
  return Buffer.byteLength(before) + (line > 1 ? 1 : 0) + Buffer.byteLength(indent);
}

/** The place of a position in the stack's own file. */
function placeOfPosition(configuration: Configuration, position: Position): Where | undefined {
  const { text, document } = configuration;
  if (position.filename !== "cdk.tf.json" || document === undefined) return undefined;
  const byte = "byte" in position ? position.byte : byteOfLine(text, position.line);
  return placeAt(configuration, jsonPathAtByte(text, byte));
}

/**
 * The places in the catalog that a diagnostic is about: of the resource at its position in the file or of the one that it
 * names, else of every one that its words mention, as those of a cycle do.
 */
export function placesOf(configuration: Configuration, diagnostic: Diagnostic): readonly Where[] {
  const { address, position, summary, detail } = diagnostic;
  // The position says which argument, the address only which resource.
  const first =
    (position === undefined ? undefined : placeOfPosition(configuration, position)) ??
    (address === undefined ? undefined : placeOfAddress(configuration, address));
  if (first !== undefined) return [first];
  return addressesIn(`${summary} ${detail}`).flatMap((found) => placeOfAddress(configuration, found) ?? []);
}
