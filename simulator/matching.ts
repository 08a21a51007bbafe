import type { Selection } from "../model/expression";
import { matches } from "../model/selection-match";
import type { SimulatedSeries } from "./series";

/** Labels that the target has and the exporter does not write; there is one target per service. */
const ofTarget: ReadonlySet<string> = new Set(["job", "instance"]);

/** Whether a selection finds a series of its service. */
export const finds = ({ metric, where }: Selection, { metric: own, labels }: SimulatedSeries): boolean =>
  metric.name === own.name && where.every((matcher) => ofTarget.has(matcher.label) || matches(matcher, labels));
