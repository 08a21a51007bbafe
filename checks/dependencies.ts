import type { Catalog } from "../model/catalog";
import type { Finding } from "../model/finding";
import type { Service } from "../model/service";
import { didYouMean } from "../model/suggest";
import { errorRule, finding, inService, type Rule } from "./rule";

const unknown = errorRule(
  "dependency/unknown",
  "A dependency that does not exist is never down, and so silences nothing when it should.",
);
const self = errorRule("dependency/self", "A service that depends on itself would silence its own page.");
const cycle = errorRule(
  "dependency/cycle",
  "Services that need each other would silence each other, and nobody would hear of either.",
);

/** Every rule of this family. */
export const rules: readonly Rule[] = [unknown, self, cycle];

function ownProblems(service: Service, names: readonly string[]): readonly Finding[] {
  const where = inService(service, "dependsOn");
  return [...new Set(service.dependsOn ?? [])].flatMap((name) => {
    if (name === service.name)
      return [finding(self, where, "the service depends on itself", "take its own name out of dependsOn")];
    if (names.includes(name)) return [];
    const others = names.filter((other) => other !== service.name);
    return [
      finding(
        unknown,
        where,
        `there is no service "${name}".${didYouMean(name, others)}`,
        `write names of services: ${others.join(", ")}`,
      ),
    ];
  });
}

/** A way from a service back to itself, as the names on it; undefined when there is none. */
function wayBack(start: Service, services: ReadonlyMap<string, Service>): readonly string[] | undefined {
  const seen = new Set<string>();
  const visit = (name: string, way: readonly string[]): readonly string[] | undefined => {
    for (const next of services.get(name)?.dependsOn ?? []) {
      // A service that names itself is told of as that.
      if (next === name) continue;
      if (next === start.name) return [...way, next];
      if (seen.has(next)) continue;
      seen.add(next);
      const found = visit(next, [...way, next]);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return visit(start.name, [start.name]);
}

function cycles(services: readonly Service[]): readonly Finding[] {
  const byName = new Map(services.map((service) => [service.name, service]));
  const told = new Set<string>();
  return services.flatMap((service) => {
    if (told.has(service.name)) return [];
    const way = wayBack(service, byName);
    if (way === undefined) return [];
    for (const name of way) told.add(name);
    return [
      finding(
        cycle,
        inService(service, "dependsOn"),
        `services need each other in a circle: ${way.join(" → ")}`,
        "take out the dependency that the other can do without",
      ),
    ];
  });
}

/** Dependencies of services that stand for nothing, or lead in a circle. */
export function checkDependencies({ services }: Catalog): readonly Finding[] {
  const names = services.map(({ name }) => name);
  return [...services.flatMap((service) => ownProblems(service, names)), ...cycles(services)];
}
