import type { Catalog } from "../model/catalog";
import type { Where } from "../model/finding";

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

/**
 * The construct path of a resource, `prod/datadog/app-service/HighErrorRate`, out of the metadata that CDKTF writes.
 * @param document A parsed `cdk.tf.json`.
 * @param path Keys to the resource or to anything in it: `["resource", "datadog_monitor", "…", "query"]`.
 */
export function constructPath(document: unknown, path: readonly string[]): readonly string[] {
  let value: unknown = document;
  for (const key of path.slice(0, 3)) value = isRecord(value) ? value[key] : undefined;
  const comment = isRecord(value) ? value["//"] : undefined;
  const metadata = isRecord(comment) ? comment["metadata"] : undefined;
  const found = isRecord(metadata) ? metadata["path"] : undefined;
  return typeof found === "string" ? found.split("/") : [];
}

/** The place in the catalog that a part of the output came from: its service and alert where the path names one. */
export function placeOfPath(catalog: Catalog, document: unknown, path: readonly string[]): Where {
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
