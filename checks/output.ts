import type { Catalog } from "../model/catalog";
import type { Finding } from "../model/finding";
import { placeOfPath } from "./construct-place";
import { finding } from "./rule";
import { secretFix, secretIn, secretLiteral } from "./secrets";

/** A file of the output, before anybody can read it. */
export interface OutputFile {
  /** Path below the output folder. */
  readonly path: string;
  readonly text: string;
}

/** A secret-looking text in a parsed JSON document, and where. */
interface Leak {
  readonly kind: string;
  readonly path: readonly string[];
}

function* leaksBelow(value: unknown, path: readonly string[]): Generator<Leak> {
  if (typeof value === "string") {
    const kind = secretIn(value);
    if (kind !== undefined) yield { kind, path };
  } else if (typeof value === "object" && value !== null) {
    for (const [key, child] of Object.entries(value)) yield* leaksBelow(child, [...path, key]);
  }
}

/** Secret-looking literals anywhere in the output: whatever way they took there. The message never repeats them. */
export function checkOutput(catalog: Catalog, { path, text }: OutputFile): readonly Finding[] {
  // The whole text is searched first: a clean file, nearly every one, is never parsed.
  const kind = secretIn(text);
  if (kind === undefined) return [];
  if (!path.endsWith(".json"))
    return [finding(secretLiteral, { file: catalog.file, field: path }, `${path} seems to hold ${kind}`, secretFix)];
  const document: unknown = JSON.parse(text);
  return [...leaksBelow(document, [])].map((leak) =>
    finding(secretLiteral, placeOfPath(catalog, document, leak.path), `it seems to hold ${leak.kind}`, secretFix),
  );
}
