import { renderAlert } from "../../constructs/render-alert";
import { noAccess } from "../../model/access";
import type { Alert } from "../../model/alert";
import { type Catalog, onCallDefaults } from "../../model/catalog";
import { type Evaluator, environment, evaluators } from "../../model/environment";
import { estateOf } from "../../model/estate";
import type { Result } from "../../model/result";
import { noSimulation } from "../../model/simulation";
import { team } from "../../model/team";
import { conditionSamples, sampleService } from "./condition-samples";

const names: Readonly<Record<Evaluator, string>> = {
  prometheus: "Prometheus",
  datadog: "Datadog",
  cloudwatch: "CloudWatch",
  grafana: "Grafana",
};

/** The sample alert as one evaluator says it. */
function rendered(alert: Alert, evaluator: Evaluator): Result<unknown> {
  const production = environment("prod", {
    account: "1".repeat(12),
    region: "eu-west-1",
    production: true,
    retentionDays: 30,
    grafana: "https://grafana.example.com",
    evaluator,
  });
  const catalog: Catalog = {
    organization: "sample",
    environments: [production],
    teams: [
      team(sampleService.team, {
        description: "Samples",
        slack: "#sample",
        email: "sample@example.com",
        onCall: { rotation: ["sample@example.com"], timeZone: "UTC", start: "2026-01-05" },
      }),
    ],
    services: [{ ...sampleService, alerts: [alert] }],
    proofs: [],
    onCall: { ...onCallDefaults, support: "support", architecture: "architecture" },
    access: noAccess,
    simulation: noSimulation,
    file: "",
  };
  const [estate] = estateOf(catalog, production).services;
  const [rule] = estate?.alerts ?? [];
  if (estate === undefined || rule === undefined) throw new Error("the sample has no alert");
  return renderAlert(rule, estate);
}

/** The page of docs/ that tells which evaluator can say what, made of what the renderers themselves answer. */
export function conditionsPage(): string {
  const rows = conditionSamples.map(({ title, alert }) => ({
    title,
    answers: evaluators.map((evaluator) => ({ evaluator, answer: rendered(alert, evaluator) })),
  }));
  const refusals = rows.flatMap(({ title, answers }) =>
    answers.flatMap(({ evaluator, answer }) =>
      answer.ok ? [] : [`- **${names[evaluator]}, ${title}**: ${answer.error}`],
    ),
  );
  return [
    "# Who can evaluate what",
    "",
    "<!-- Written by `npm run docs` from the renderers; a test holds it to them. -->",
    "",
    "An alert is evaluated by one of four backends, and moving it is one word (`evaluator`). The samples are of a service whose metrics",
    "every backend holds. What a backend cannot say is refused by `./estate check`, which names those that can.",
    "",
    `| condition | ${evaluators.map((evaluator) => names[evaluator]).join(" | ")} |`,
    `| --- |${evaluators.map(() => " --- |").join("")}`,
    ...rows.map(
      ({ title, answers }) => `| ${title} | ${answers.map(({ answer }) => (answer.ok ? "yes" : "no")).join(" | ")} |`,
    ),
    "",
    "## Why not",
    "",
    ...refusals,
    "",
  ].join("\n");
}
