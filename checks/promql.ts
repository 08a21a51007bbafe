import type { Diagnostic } from "../languages/diagnostic";
import { checkPromqlSelectors } from "../languages/promql/check";
import { substituteGrafanaVariables } from "../languages/promql/grafana-variables";
import { parsePromql } from "../languages/promql/parse";
import type { Catalog } from "../model/catalog";
import type { Finding, Where } from "../model/finding";
import { alertsOf, contractPanelsOf, type Service } from "../model/service";
import { promqlContract } from "./promql-contract";
import { errorRule, finding, inRule, type Rule } from "./rule";

const syntax = errorRule(
  "promql/syntax",
  "A query that does not parse is refused by Prometheus, and with it the whole rule file.",
);
const contract = errorRule("promql/contract", "A query of series that nobody emits never has data.");
const comparison = errorRule(
  "promql/no-comparison",
  "An alert expression without a comparison fires whenever there is data.",
);

/** Every rule of this family. */
export const rules: readonly Rule[] = [syntax, contract, comparison];

/** Where people put names that are only known per service and environment. */
const filled = (text: string, service: Service): string =>
  text.replaceAll("{service}", () => service.name).replaceAll("{environment}", "environment");

const at = ({ message, offset }: Diagnostic): string => `${message.replace(/\.$/, "")} (at character ${offset + 1})`;

function queryProblems(text: string, service: Service, where: Where, needsComparison: boolean): readonly Finding[] {
  const parsed = parsePromql(text);
  if (!parsed.ok) return parsed.diagnostics.map((wrong) => finding(syntax, where, at(wrong), "correct the query"));
  return [
    ...checkPromqlSelectors(parsed.value, promqlContract(service)).map((wrong) =>
      finding(
        contract,
        where,
        at(wrong),
        "use a metric and labels of the service's telemetry, in the way that their type allows",
      ),
    ),
    ...(needsComparison && !parsed.value.isComparison
      ? [
          finding(
            comparison,
            where,
            "the condition compares nothing with a threshold",
            "end it in a comparison, such as > 0.05",
          ),
        ]
      : []),
  ];
}

/** Queries that people wrote in PromQL: alerts and panels. What is compiled from expressions is right by construction. */
export function checkPromql({ services }: Catalog): readonly Finding[] {
  return services.flatMap((service) => {
    const panels = [
      ...contractPanelsOf(service).map((panel) => ({ panel, where: inRule(service, panel.key, "telemetry") })),
      ...service.dashboards.flatMap(({ key, sections }) =>
        sections.flatMap((section) =>
          section.panels.map((panel) => ({ panel, where: inRule(service, key, `dashboards.${panel.key}`) })),
        ),
      ),
    ];
    return [
      ...alertsOf(service).flatMap(({ name, when }) =>
        when.kind === "raw" && when.language === "promql"
          ? queryProblems(filled(when.text, service), service, inRule(service, name, "when"), true)
          : [],
      ),
      ...panels.flatMap(({ panel, where }) =>
        panel.queries.flatMap((query) =>
          query.kind === "promql"
            ? queryProblems(substituteGrafanaVariables(filled(query.text, service)), service, where, false)
            : [],
        ),
      ),
    ];
  });
}
