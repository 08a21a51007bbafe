import Big from "big.js";
import { type Alert, meanings, type NoData } from "../model/alert";
import { existsIn } from "../model/alert-rule";
import type { Catalog } from "../model/catalog";
import { isUpper } from "../model/comparison";
import {
  type CompareCondition,
  type DefiniteCondition,
  labelsOfCondition,
  leavesOf,
  primaryComparison,
} from "../model/definite-condition";
import { parseDuration } from "../model/duration";
import { type Environment, evaluators } from "../model/environment";
import type { Finding } from "../model/finding";
import { metricUnits } from "../model/metric";
import { valuesOf } from "../model/per-environment";
import { labelsNamed } from "../model/placeholder";
import { resolveCondition, thresholdFor } from "../model/resolve-condition";
import { runbookUrl } from "../model/runbook";
import { alertsOf, type Service } from "../model/service";
import { isSeverityName, severityNames } from "../model/severity";
import { didYouMean } from "../model/suggest";
import { isSymptom, symptomNames } from "../model/symptom";
import { errorRule, finding, inRule, inService, type Rule } from "./rule";

const none = errorRule(
  "alert/none",
  "A service without alerts fails in silence; if that is meant, its reason must be written down.",
);
const noRunbook = errorRule("alert/no-runbook", "Whoever is woken needs the next step, not only the news.");
const noSummary = errorRule("alert/no-summary", "The summary is what is read on a telephone at night.");
const severity = errorRule("alert/severity", "An unknown severity has no route, so nobody is told.");
const duration = errorRule("alert/duration", "A duration that does not parse is refused by every backend.");
const condition = errorRule("alert/condition", "A condition that means nothing never fires, or always.");
const evaluator = errorRule("alert/evaluator", "An alert that nobody evaluates never fires.");
const recovery = errorRule(
  "alert/recovery",
  "A recovery on the wrong side of its threshold resolves an alert as it fires.",
);
const placeholder = errorRule(
  "alert/placeholder",
  "A label that the condition does not keep leaves a hole in the text of the page.",
);
const noData = errorRule("alert/no-data", "What happens when data stops must be one of the known answers.");

const symptom = errorRule("alert/symptom", "A symptom that no other alert has silences nothing, and is not silenced.");
const meaning = errorRule("alert/means", "What an alert means beyond its condition must be one of the known answers.");

/** Every rule of this family. */
export const rules: readonly Rule[] = [
  none,
  noRunbook,
  noSummary,
  severity,
  duration,
  condition,
  evaluator,
  recovery,
  placeholder,
  noData,
  symptom,
  meaning,
];

const knownNoData: readonly NoData[] = ["ok", "keep", "alert"];

/** What is wrong with an alert's runbook, or undefined. */
function runbookProblem({ runbook }: Alert, { runbooks }: Catalog): string | undefined {
  if (typeof runbook !== "string" || runbook.trim() === "") return "the alert has no runbook";
  const url = runbookUrl(runbook, runbooks);
  return url.ok ? undefined : url.error;
}

function recoveryProblem(alert: Alert, definite: DefiniteCondition): string | undefined {
  if (alert.recovery === undefined) return undefined;
  const primary = primaryComparison(definite);
  if (primary === undefined) return "only a condition that begins with a comparison has a recovery; leave it out";
  const quantity = thresholdFor(primary.expression, "the indicator", alert.recovery);
  if (!quantity.ok) return quantity.error;
  const { comparison, threshold } = primary;
  const above = isUpper(comparison);
  if (quantity.value.per !== threshold.per)
    return `"${alert.recovery}" and the threshold "${threshold.text}" count over different times`;
  const healthy = above ? quantity.value.value.lte(threshold.value) : quantity.value.value.gte(threshold.value);
  return healthy
    ? undefined
    : `"${alert.recovery}" is on the wrong side of the threshold "${threshold.text}": it must be ${above ? "below" : "above"} it`;
}

/** A quantile is never found beyond the last bucket of its histogram, so a threshold there is never crossed. */
function bucketProblem({ expression, comparison, threshold }: CompareCondition): string | undefined {
  if (expression.kind !== "quantile") return undefined;
  const { metric } = expression.of;
  const last = Math.max(...(metric.buckets ?? []));
  const limit = new Big(metricUnits[metric.unit].factor).times(Number.isFinite(last) ? last : 0);
  if (!isUpper(comparison) || !Number.isFinite(last) || threshold.value.lt(limit)) return undefined;
  return `"${threshold.text}" is not below the last bucket of ${metric.name} (${last} ${metric.unit}): a quantile never gets there`;
}

/** What depends on the environment: the condition with its threshold there, and what is held against it. */
function conditionProblems(alert: Alert, service: Service, environment: Environment): readonly Finding[] {
  const resolved = resolveCondition(alert.when, service, environment);
  const field =
    alert.objective !== undefined
      ? "objectives"
      : alert.when.kind === "spoken" && alert.when.thresholds !== undefined
        ? "thresholds"
        : "when";
  if (!resolved.ok) {
    return [
      finding(
        condition,
        inRule(service, alert.name, field),
        resolved.error,
        alert.objective === undefined
          ? "write the condition as an indicator, a comparison and a quantity, such as p95_latency > 1000ms"
          : `raise the target, shorten the window, or leave the alert out: burnRates: { "…": "off" } of ${alert.objective}`,
      ),
    ];
  }
  const outOfReach = leavesOf(resolved.value).flatMap((leaf) =>
    leaf.kind === "compare" ? [bucketProblem(leaf) ?? []].flat() : [],
  );
  const wrongRecovery = recoveryProblem(alert, resolved.value);
  const kept = labelsOfCondition(resolved.value);
  const texts = [
    ["summary", alert.summary],
    ["description", alert.description ?? ""],
  ] as const;
  return [
    ...outOfReach.map((problem) =>
      finding(condition, inRule(service, alert.name, field), problem, "lower the threshold, or add a bucket above it"),
    ),
    ...(wrongRecovery === undefined
      ? []
      : [
          finding(
            recovery,
            inRule(service, alert.name, "recovery"),
            wrongRecovery,
            "correct the recovery, or leave it out for a tenth back from the threshold",
          ),
        ]),
    ...texts.flatMap(([where, written]) =>
      kept === undefined
        ? []
        : labelsNamed(String(written ?? ""))
            .filter((label) => !kept.includes(label))
            .map((label) =>
              finding(
                placeholder,
                inRule(service, alert.name, where),
                `{${label}} is not known when the alert fires: its condition keeps ${kept.length === 0 ? "no label" : kept.join(", ")}.${didYouMean(label, [...kept, "value"])}`,
                `keep the label in the condition with .by("${label}"), or take it out of the text`,
              ),
            ),
    ),
  ];
}

function alertProblems(alert: Alert, service: Service, catalog: Catalog): readonly Finding[] {
  const at = (field: string) => inRule(service, alert.name, field);
  const found: Finding[] = [];
  const wrongRunbook = runbookProblem(alert, catalog);
  if (wrongRunbook !== undefined) {
    const fix = "add runbook: the URL of the page that says what to do, or its name below the catalog's `runbooks`";
    found.push(finding(noRunbook, at("runbook"), wrongRunbook, fix));
  }
  if (typeof alert.summary !== "string" || alert.summary.trim() === "") {
    found.push(
      finding(
        noSummary,
        at("summary"),
        "the alert has no summary",
        "add a summary: one line that says what users suffer",
      ),
    );
  }
  for (const written of valuesOf(alert.severity)) {
    if (isSeverityName(String(written))) continue;
    const message =
      written === undefined
        ? "the alert has no severity, and so no route"
        : `unknown severity "${written}".${didYouMean(String(written), severityNames)}`;
    found.push(finding(severity, at("severity"), message, "write one of SEV-1, SEV-2, SEV-3, SEV-4"));
  }
  const keeps = parseDuration(String(alert.keepFiringFor ?? "0s"));
  if (!keeps.ok)
    found.push(
      finding(
        duration,
        at("keepFiringFor"),
        keeps.error,
        'write how long the alert goes on firing, such as keepFiringFor: "10m", or leave it out',
      ),
    );
  for (const written of valuesOf(alert.for)) {
    const holds = parseDuration(String(written ?? ""));
    if (holds.ok) continue;
    found.push(
      finding(
        duration,
        at("for"),
        written === undefined ? "the alert has no duration" : holds.error,
        'write how long the condition must hold, such as for: "5m"',
      ),
    );
  }
  if (alert.evaluator !== undefined && !evaluators.some((known) => known === alert.evaluator)) {
    found.push(
      finding(
        evaluator,
        at("evaluator"),
        `unknown evaluator "${alert.evaluator}".${didYouMean(alert.evaluator, evaluators)}`,
        `write one of ${evaluators.join(", ")}`,
      ),
    );
  }
  if (alert.noData !== undefined && !knownNoData.includes(alert.noData)) {
    found.push(
      finding(
        noData,
        at("noData"),
        `unknown answer "${alert.noData}" to missing data.${didYouMean(alert.noData, knownNoData)}`,
        `write one of ${knownNoData.join(", ")}`,
      ),
    );
  }
  if (alert.symptom !== undefined && !isSymptom(alert.symptom)) {
    found.push(
      finding(
        symptom,
        at("symptom"),
        `unknown symptom "${alert.symptom}".${didYouMean(String(alert.symptom), symptomNames)}`,
        `write one of ${symptomNames.join(", ")}`,
      ),
    );
  }
  if (alert.means !== undefined && !meanings.includes(alert.means)) {
    found.push(
      finding(
        meaning,
        at("means"),
        `unknown meaning "${alert.means}".${didYouMean(String(alert.means), meanings)}`,
        `write one of ${meanings.join(", ")}, or leave it out`,
      ),
    );
  }
  return [
    ...found,
    ...catalog.environments
      .filter(({ name }) => existsIn(alert, name))
      .flatMap((environment) => conditionProblems(alert, service, environment)),
  ];
}

/** Alerts that would never fire, fire for nobody, or say nothing. */
export function checkAlerts(catalog: Catalog): readonly Finding[] {
  return catalog.services.flatMap((service) => {
    const { alerts } = service;
    if ("unmonitored" in alerts) {
      return alerts.unmonitored.trim() === ""
        ? [
            finding(
              none,
              inService(service, "alerts"),
              "the service opts out of alerts without a reason",
              'write the reason: unmonitored("…")',
            ),
          ]
        : [];
    }
    return alerts.length === 0
      ? [
          finding(
            none,
            inService(service, "alerts"),
            "the service has no alerts",
            'add an alert or a pack, such as goldenSignals(), or write why none is needed: unmonitored("…")',
          ),
        ]
      : alertsOf(service).flatMap((alert) => alertProblems(alert, service, catalog));
  });
}
