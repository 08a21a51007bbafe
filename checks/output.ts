import type { Catalog } from "../model/catalog";
import type { Finding, Where } from "../model/finding";
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

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

/** The construct path of a resource, `prod/datadog/app-service/HighErrorRate`, out of CDKTF's metadata. */
function constructPath(document: unknown, path: readonly string[]): readonly string[] {
  let value: unknown = document;
  for (const key of path.slice(0, 3)) value = isRecord(value) ? value[key] : undefined;
  const comment = isRecord(value) ? value["//"] : undefined;
  const metadata = isRecord(comment) ? comment["metadata"] : undefined;
  const found = isRecord(metadata) ? metadata["path"] : undefined;
  return typeof found === "string" ? found.split("/") : [];
}

function placeOf(catalog: Catalog, document: unknown, path: readonly string[]): Where {
  const constructs = constructPath(document, path);
  const service = catalog.services.find(({ name }) => constructs.includes(name));
  const field = path.slice(1).join(".");
  if (service === undefined) return { file: catalog.file, field };
  const rule = constructs.at(-1);
  return {
    file: service.file,
    service: service.name,
    ...(rule === undefined || rule === service.name ? {} : { rule }),
    field,
  };
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
    finding(secretLiteral, placeOf(catalog, document, leak.path), `it seems to hold ${leak.kind}`, secretFix),
  );
}
