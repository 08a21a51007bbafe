import type { SampleInterval } from "../languages/promql/check-ranges";
import { substituteGrafanaVariables } from "../languages/promql/grafana-variables";
import { labelsOf } from "../languages/promql/labels";
import type { PromqlQuery } from "../languages/promql/query";
import type { Alert } from "../model/alert";
import type { Catalog } from "../model/catalog";
import type { Finding, Where } from "../model/finding";
import { labelsNamed } from "../model/placeholder";
import { alertsOf, contractPanelsOf, type Service, sampleSecondsOf } from "../model/service";
import { checkExpression, droppedLabel, type Issue } from "./expression";
import { promqlContract } from "./promql-contract";
import { finding, inRule } from "./rule";
import { suppressed } from "./suppressions";
import { templateRule } from "./template-rules";

const intervalOf =
  (service: Service): SampleInterval =>
  () =>
    sampleSecondsOf(service);

/** Where people put names that are only known per service and environment. */
const filled = (text: string, service: Service): string =>
  text.replaceAll("{service}", () => service.name).replaceAll("{environment}", "environment");

/** An issue, and the field of the alert that it is in. */
interface PlacedIssue extends Issue {
  readonly field: string;
}

const at = ({ rule, message, offset, field }: PlacedIssue): string =>
  rule.id.startsWith("promql/") && field !== "suppress" ? `${message} (at character ${offset + 1})` : message;

const inPlace = (issue: PlacedIssue, where: Where): Finding =>
  finding(issue.rule, where, at(issue), issue.rule.fix ?? "");

/** Labels that a text names and the alert's query does not keep. */
function droppedLabels(alert: Alert, query: PromqlQuery, service: Service): readonly PlacedIssue[] {
  const kept = labelsOf(query.expr, promqlContract(service));
  const texts = [
    ["summary", alert.summary],
    ["description", alert.description ?? ""],
  ] as const;
  const ofRule = new Set(["environment", "service", "severity", "team", "tier"]);
  return texts.flatMap(([field, text]) =>
    labelsNamed(String(text ?? ""))
      .filter((label) => !ofRule.has(label))
      .flatMap((label) => {
        const message = droppedLabel(label, kept);
        if (message === undefined) return [];
        const rule = templateRule("dropped-label");
        return [{ rule, message: message.replace(`$labels.${label}`, `{${label}}`), offset: 0, refused: false, field }];
      }),
  );
}

function checkAlert(alert: Alert, service: Service): readonly Finding[] {
  const { name, when, suppress = {} } = alert;
  const raw = when.kind === "raw" && when.language === "promql" ? filled(when.text, service) : undefined;
  const { issues, query } =
    raw === undefined
      ? { issues: [], query: undefined }
      : checkExpression(raw, { as: "alert", contract: promqlContract(service), intervalOf: intervalOf(service) });
  const all: readonly PlacedIssue[] = [
    ...issues.map((issue) => ({ ...issue, field: "when" })),
    ...(query === undefined ? [] : droppedLabels(alert, query, service)),
  ];
  const suppressions = Object.entries(suppress).map(([id, reason]) => ({ id, reason: String(reason ?? "") }));
  const { issues: left, problems } = suppressed(all, suppressions);
  return [
    ...left.map((issue) => inPlace(issue, inRule(service, name, issue.field))),
    ...problems.map(({ rule, message }) => finding(rule, inRule(service, name, "suppress"), message, rule.fix ?? "")),
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
      ...alertsOf(service).flatMap((alert) => checkAlert(alert, service)),
      ...panels.flatMap(({ panel, where }) =>
        panel.queries.flatMap((query) => {
          if (query.kind !== "promql") return [];
          const text = substituteGrafanaVariables(filled(query.text, service));
          const { issues } = checkExpression(text, {
            as: "panel",
            contract: promqlContract(service),
            intervalOf: intervalOf(service),
          });
          return issues.map((issue) => inPlace({ ...issue, field: "" }, where));
        }),
      ),
    ];
  });
}
