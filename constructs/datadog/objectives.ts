import { isDeepStrictEqual } from "node:util";
import {
  ServiceLevelObjective,
  type ServiceLevelObjectiveConfig,
} from "@cdktf/provider-datadog/lib/service-level-objective";
import type { Construct } from "constructs";
import { literal } from "../terraform/literal";
import type { DatadogSlo } from "./slo";

/** The name of a time slice's one query in its formula. */
const only = "query1";

function measured({ sli }: DatadogSlo): Pick<ServiceLevelObjectiveConfig, "type" | "query" | "sliSpecification"> {
  if (sli.type === "metric") {
    const { numerator, denominator } = sli;
    return { type: sli.type, query: { numerator: literal(numerator), denominator: literal(denominator) } };
  }
  return {
    type: sli.type,
    sliSpecification: {
      timeSlice: {
        comparator: "<=",
        threshold: Number(sli.threshold),
        queryIntervalSeconds: sli.sliceSeconds,
        query: {
          formula: { formulaExpression: only },
          query: [{ metricQuery: { name: only, query: literal(sli.query) } }],
        },
      },
    },
  };
}

function addObjective(scope: Construct, slo: DatadogSlo): ServiceLevelObjective {
  const target = Number(slo.target);
  return new ServiceLevelObjective(scope, `objective-${slo.objective}`, {
    name: literal(slo.name),
    description: literal(slo.description),
    ...measured(slo),
    thresholds: [{ timeframe: slo.timeframe, target }],
    timeframe: slo.timeframe,
    targetThreshold: target,
    tags: [...slo.tags],
    // Terraform may delete it before it has changed the monitors on it.
    forceDelete: true,
  });
}

/**
 * The objectives of a service in one environment: gives the id of one, and makes it where it does not exist yet.
 * @throws Error on two different objectives of the same name.
 */
export function objectivesIn(scope: Construct): (slo: DatadogSlo) => string {
  const known = new Map<string, { readonly slo: DatadogSlo; readonly id: string }>();
  return (slo) => {
    const found = known.get(slo.objective);
    if (found === undefined) {
      const { id } = addObjective(scope, slo);
      known.set(slo.objective, { slo, id });
      return id;
    }
    if (!isDeepStrictEqual(found.slo, slo)) throw new Error(`two objectives are named ${slo.name}; rename one of them`);
    return found.id;
  };
}
