import type { ServiceEstate } from "../../model/estate";
import type { CloudwatchSource } from "../../model/metric";
import { inEnvironment } from "../../model/per-environment";
import { fail, ok, type Result } from "../../model/result";

/** Whose series a metric's dimensions are about. */
export type DimensionScope = Pick<ServiceEstate, "service" | "environment">;

/** What the placeholders of a metric's dimensions stand for in one service and environment. */
function placeholders({ service, environment }: DimensionScope): ReadonlyMap<string, string> {
  const { runtime } = service;
  return new Map([
    ["service", service.name],
    ["environment", environment.name],
    ...("cluster" in runtime ? ([["cluster", runtime.cluster]] as const) : []),
    ...("instance" in runtime ? ([["instance", inEnvironment(runtime.instance, environment.name)]] as const) : []),
  ]);
}

/** The dimensions of a metric with their placeholders filled in, or the placeholder that the runtime has nothing for. */
export function cloudwatchDimensions(source: CloudwatchSource, scope: DimensionScope): Result<Record<string, string>> {
  const values = placeholders(scope);
  const missing = Object.values(source.dimensions)
    .flatMap((value) => [...value.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name))
    .find((name) => !values.has(name));
  if (missing !== undefined) {
    return fail(
      `${source.namespace} ${source.name} is found by {${missing}}, but ${scope.service.name} runs as ${scope.service.runtime.kind}, which has none; it has ${[...values.keys()].map((name) => `{${name}}`).join(", ")}`,
    );
  }
  return ok(
    Object.fromEntries(
      Object.entries(source.dimensions).map(([name, value]) => [
        name,
        value.replace(/\{(\w+)\}/g, (whole, placeholder: string) => values.get(placeholder) ?? whole),
      ]),
    ),
  );
}
