import type { Catalog } from "../model/catalog";
import { parseDuration } from "../model/duration";
import type { Selection } from "../model/expression";
import type { Effect, Fault } from "../model/fault";
import type { Finding } from "../model/finding";
import { parseQuantity } from "../model/quantity";
import { alertsOf, metricsOf, type Service } from "../model/service";
import type { Health } from "../model/simulation";
import { didYouMean } from "../model/suggest";
import { duplicates } from "./duplicates";
import { errorRule, finding, type Rule } from "./rule";

const duplicate = errorRule("simulation/duplicate-fault", "Of two faults of one name only one can be begun.");
const service = errorRule("simulation/unknown-service", "A fault of a service that is not there never happens.");
const alert = errorRule("simulation/unknown-alert", "An alert that is not there never fires, so that the fault fails.");
const metric = errorRule(
  "simulation/unknown-metric",
  "What a service does not emit in Prometheus cannot go wrong there.",
);
const value = errorRule("simulation/value", "A value that cannot be read cannot be served.");

/** Every rule of this family. */
export const rules: readonly Rule[] = [duplicate, service, alert, metric, value];

/** The texts of an effect, or of a metric's health, each with whether it is a time. */
function textsOf(of: Effect | Health): readonly { readonly text: string; readonly isDuration: boolean }[] {
  const quantities = [
    ...("level" in of ? [of.level] : []),
    ...("pace" in of ? [of.pace] : []),
    ...("typical" in of ? [of.typical] : []),
  ].map((text) => ({ text: String(text), isDuration: false }));
  const durations = [
    ...("ago" in of ? [of.ago] : []),
    ...("ahead" in of ? [of.ahead] : []),
    ...("within" in of ? [of.within] : []),
  ].map((text) => ({ text: String(text), isDuration: true }));
  return [...quantities, ...durations];
}

const valueProblems = (of: Effect | Health): readonly string[] =>
  textsOf(of).flatMap(({ text, isDuration }) => {
    const parsed = isDuration ? parseDuration(text) : parseQuantity(text);
    return parsed.ok ? [] : [parsed.error];
  });

/** Why a service has no such series in Prometheus. */
function metricProblem({ metric: wanted }: Selection, of: Service): string | undefined {
  const known = metricsOf(of).filter(({ prometheus }) => prometheus);
  if (known.some(({ name }) => name === wanted.name)) return undefined;
  const names = known.map(({ name }) => name);
  return wanted.prometheus
    ? `${of.name} emits no metric "${wanted.name}".${didYouMean(wanted.name, names)}`
    : `"${wanted.name}" is not in Prometheus, and only what is there is simulated`;
}

function serviceFaultProblems(fault: Fault, name: string, { services }: Catalog): readonly Finding[] {
  const at = { file: fault.file, service: name, rule: fault.name };
  const of = services.find((known) => known.name === name);
  if (of === undefined) {
    const near = didYouMean(
      name,
      services.map((known) => known.name),
    );
    return [finding(service, at, `there is no service "${name}".${near}`, "name a service of the catalog")];
  }
  const { effects = [], expects = [] } = fault.services[name] ?? {};
  const alerts = alertsOf(of).map((known) => known.name);
  return [
    ...expects
      .filter((expected) => !alerts.includes(expected))
      .map((expected) =>
        finding(
          alert,
          at,
          `${name} has no alert "${expected}".${didYouMean(expected, alerts)}`,
          "name an alert of the service, or take it out of `expects`",
        ),
      ),
    ...effects.flatMap((effect) => {
      const problem = "of" in effect ? metricProblem(effect.of, of) : undefined;
      const fix = "use a metric of the service's telemetry that Prometheus scrapes";
      return problem === undefined ? [] : [finding(metric, at, problem, fix)];
    }),
    ...effects.flatMap(valueProblems).map((problem) => finding(value, at, problem, "write it as its type says")),
  ];
}

/** Faults that could not happen, or could not be noticed, and values that cannot be read. */
export function checkSimulation(catalog: Catalog): readonly Finding[] {
  const { faults, healthy } = catalog.simulation;
  return [
    ...duplicates(faults, ({ name }) => name).map(({ again }) =>
      finding(
        duplicate,
        { file: again.file, rule: again.name },
        `the fault ${again.name} is declared twice`,
        "give one of them another name",
      ),
    ),
    ...faults.flatMap((fault) =>
      Object.keys(fault.services).flatMap((name) => serviceFaultProblems(fault, name, catalog)),
    ),
    ...healthy.flatMap(({ of, health }) =>
      valueProblems(health).map((problem) =>
        finding(
          value,
          { file: catalog.file, rule: of.metric.name, field: "simulation.healthy" },
          problem,
          "write it as its type says",
        ),
      ),
    ),
  ];
}
