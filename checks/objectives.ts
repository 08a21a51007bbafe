import { countedOf } from "../constructs/prometheus/objective-rules";
import type { Catalog } from "../model/catalog";
import type { Finding } from "../model/finding";
import { type Objective, objectiveWindows, type Sli } from "../model/objective";
import { environmentsNamed } from "../model/per-environment";
import { parseQuantity } from "../model/quantity";
import { definiteObjective } from "../model/resolve-condition";
import { type Service, slisOf } from "../model/service";
import { objectiveOf, type ServiceObjective } from "../model/service-objective";
import { duplicates } from "./duplicates";
import { errorRule, finding, inRule, inService, type Rule } from "./rule";

const duplicate = errorRule(
  "objective/duplicate",
  "Two promises of one name cannot be told apart by those who keep them.",
);
const name = errorRule(
  "objective/name",
  "The name is part of alerts, series and runbooks, and must be readable in all of them.",
);
const sli = errorRule("objective/sli", "A promise on something that nobody measures cannot be kept.");
const target = errorRule("objective/target", "A target of all or nothing leaves no budget to spend, or none to keep.");
const window = errorRule("objective/window", "A budget needs a time that it is spent over.");
const bound = errorRule(
  "objective/bound",
  "A histogram can tell only at the bounds of its buckets how many were faster.",
);
const traffic = errorRule("objective/minimum-traffic", "Traffic is a number of events over a time.");
const unmonitored = errorRule("objective/unmonitored", "A promise that nobody watches is broken in silence.");

/** Every rule of this family. */
export const rules: readonly Rule[] = [duplicate, name, sli, target, window, bound, traffic, unmonitored];

/** What is wrong with the numbers of an objective in each environment. */
function targetProblems(objective: Objective, { environments }: Catalog): readonly string[] {
  const known = environments.map((environment) => environment.name);
  const named = environmentsNamed(objective.target).filter((environment) => known.includes(environment));
  return ["", ...named].flatMap((environment) => {
    const definite = definiteObjective(objective, environment);
    return definite.ok ? [] : [definite.error];
  });
}

function boundProblem(of: Sli, scope: { readonly service: string }): string | undefined {
  if (of.kind === "events") return undefined;
  const counted = countedOf(of, scope);
  return counted.ok ? undefined : counted.error;
}

function objectiveProblems(declared: ServiceObjective, service: Service, catalog: Catalog): readonly Finding[] {
  const where = inRule(service, declared.name, "objectives");
  const found: Finding[] = [];
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(declared.name)) {
    found.push(
      finding(name, where, `"${declared.name}" is not in kebab-case`, 'write a name such as "checkout-latency"'),
    );
  }
  if (!objectiveWindows.some((known) => known === declared.window)) {
    const message = `"${declared.window}" is not a window of an error budget`;
    found.push(finding(window, where, message, `write one of ${objectiveWindows.join(", ")}`));
  }
  if (declared.minimumTraffic !== undefined) {
    const quantity = parseQuantity(declared.minimumTraffic);
    const dimension = quantity.ok ? quantity.value.dimension : undefined;
    if (dimension !== "frequency" || declared.kind === "freshness") {
      const message =
        declared.kind === "freshness"
          ? "freshness counts minutes, of which there are always as many"
          : `"${declared.minimumTraffic}" is no traffic`;
      const fix = declared.kind === "freshness" ? "leave minimumTraffic out" : 'write it such as "10 per minute"';
      found.push(finding(traffic, where, message, fix));
    }
  }
  const objective = objectiveOf(declared, slisOf(service.telemetry));
  if (!objective.ok) {
    return [
      ...found,
      finding(
        sli,
        where,
        objective.error,
        "declare the SLI in the `slis` of a telemetry contract, or name one that is there",
      ),
    ];
  }
  const unbounded = boundProblem(objective.value.sli, { service: service.name });
  return [
    ...found,
    ...[...new Set(targetProblems(objective.value, catalog))].map((message) =>
      finding(target, where, message, 'write a share below 100%, such as "99.9%"'),
    ),
    ...(unbounded === undefined
      ? []
      : [
          finding(
            bound,
            where,
            unbounded,
            "promise at the bound of a bucket, or add the bound to the histogram's buckets",
          ),
        ]),
  ];
}

/** Promises that cannot be kept, measured or told apart. */
export const checkObjectives = (catalog: Catalog): readonly Finding[] =>
  catalog.services.flatMap((service) => [
    ...("unmonitored" in service.alerts && service.objectives.length > 0
      ? [
          finding(
            unmonitored,
            inService(service, "objectives"),
            "the service makes promises and opts out of alerts, those of its promises among them",
            "give it alerts, or take the objectives out",
          ),
        ]
      : []),
    ...duplicates(service.objectives, (objective) => objective.name).map(({ again }) =>
      finding(
        duplicate,
        inRule(service, again.name, "objectives"),
        `${again.name} is declared twice`,
        'give one of them another name: { name: "…" }',
      ),
    ),
    ...service.objectives.flatMap((declared) => objectiveProblems(declared, service, catalog)),
  ]);
