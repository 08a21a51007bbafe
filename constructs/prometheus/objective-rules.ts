import type { DefiniteObjective } from "../../model/definite-condition";
import type { ServiceEstate } from "../../model/estate";
import type { Expression } from "../../model/expression";
import type { Sli } from "../../model/objective";
import { parseQuantity, plain } from "../../model/quantity";
import { recordedSeries } from "../../model/recorded-series";
import { checked, fail, never, type Result } from "../../model/result";
import { both, comparable, compileBucketRate, compileTerm, map } from "./compile";
import { recordedErrorRatio, recordedWindow } from "./recorded-objective";
import type { RecordingRule } from "./rule-group";
import type { PromqlScope } from "./selector";

/** PromQL of what fails and of all there is, each per second over the recorded window. */
interface Counted {
  readonly errors: string;
  readonly events: string;
}

const rate = (of: Extract<Sli, { kind: "latency" }>["of"]): Expression => ({
  kind: "rate",
  of,
  window: recordedWindow,
  aggregation: "sum",
  by: [],
});

/**
 * What an SLI counts. Before the first failure there is no series of failures; they are then none, not unknown, as long as there is
 * any traffic. Errors: those of `compilePromql`, and a bound that no bucket has.
 */
export function countedOf(sli: Sli, scope: PromqlScope): Result<Counted> {
  switch (sli.kind) {
    case "events":
      return map(both(compileTerm(rate(sli.bad), scope), compileTerm(rate(sli.total), scope)), ([bad, all]) => ({
        errors: `${bad.text} or 0 * ${all.text}`,
        events: all.text,
      }));
    case "latency": {
      const { of, atMost } = sli;
      const within = compileBucketRate({ kind: "fraction", of, atMost, window: recordedWindow, by: [] }, scope);
      return map(both(compileTerm(rate(of), scope), within), ([all, fast]) => ({
        errors: `${all.text} - ${fast.text}`,
        events: all.text,
      }));
    }
    case "freshness": {
      const bound = parseQuantity(sli.atMost);
      if (!bound.ok) return bound;
      if (sli.of.kind === "log-count") return fail("the age of log events is nothing that Prometheus knows");
      return map(compileTerm(sli.of, scope), (age) => {
        const { left, limit } = comparable(age, sli.of, bound.value);
        return { errors: `${left.text} > bool ${limit}`, events: `(${left.text}) * 0 + 1` };
      });
    }
    default:
      return never(sli);
  }
}

/** Whether Prometheus holds everything that an objective counts. */
export const isInPrometheus = ({ sli }: DefiniteObjective): boolean => countedOf(sli, { service: "" }).ok;

const labelled = (service: string, objective: DefiniteObjective) => ({ service, objective: objective.name });

/** What is recorded of objectives of a service. */
export const recordingsOf = (service: string, objectives: readonly DefiniteObjective[]): readonly RecordingRule[] =>
  objectives.filter(isInPrometheus).flatMap((objective) => {
    const { errors, events } = checked(countedOf(objective.sli, { service }));
    const labels = labelled(service, objective);
    return [
      { record: recordedSeries.errors, expr: errors, labels },
      { record: recordedSeries.events, expr: events, labels },
    ];
  });

/** What burn-rate alerts and panels read, recorded before the alerts of the same group are evaluated. */
export const objectiveRecordings = ({ service, objectives }: ServiceEstate): readonly RecordingRule[] =>
  recordingsOf(service.name, objectives);

/** What is left of each budget, and how fast it burns: for people, who need no new number every half minute. */
export function budgetRecordings(estate: ServiceEstate): readonly RecordingRule[] {
  const { name: service } = estate.service;
  return estate.objectives.filter(isInPrometheus).flatMap((objective) => {
    const { name, target, window } = objective;
    const budget = plain(target.value.times(-1).plus(1));
    const labels = labelled(service, objective);
    return [
      {
        record: recordedSeries.burnRate,
        expr: `${recordedErrorRatio(service, name, "1h")} / ${budget}`,
        labels,
      },
      {
        record: recordedSeries.budgetRemaining,
        expr: `1 - ${recordedErrorRatio(service, name, window)} / ${budget}`,
        labels,
      },
    ];
  });
}
