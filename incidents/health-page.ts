import { liveTailOf } from "../constructs/cloudwatch/live-tail";
import { canaryOf } from "../constructs/health/canary/canary";
import { escalationPolicies, policyName } from "../constructs/pagerduty/escalation";
import type { Catalog } from "../model/catalog";
import { estateOf, type ServiceEstate } from "../model/estate";
import { type DefiniteHealth, healthAlertName, tellingOf } from "../model/health";
import { markdownTable } from "../model/markdown-table";
import type { Probe } from "../model/probe";
import { never } from "../model/result";
import type { FirstSteps } from "./first-steps";
import { pageOf } from "./runbook-facts";
import type { RunbookPage } from "./runbook-page";

/** A service whose endpoint is asked, and the endpoint. */
interface Endpoint {
  readonly estate: ServiceEstate;
  readonly health: DefiniteHealth;
}

/** Who asks, from where and how often. */
function asker(probe: Probe): string {
  switch (probe.kind) {
    case "blackbox":
      return "the blackbox exporter, as often as Prometheus scrapes it";
    case "route53":
      return `Route 53 from ${probe.regions.join(", ")}, every ${probe.every}`;
    case "cloudwatch-synthetics":
      return `canaries of CloudWatch Synthetics in ${probe.regions.join(", ")}, every ${probe.every}`;
    case "datadog-synthetics":
      return `Datadog from ${probe.locations.join(", ")}, every ${probe.every}`;
    case "grafana-synthetics":
      return `Grafana from its probes ${probe.probes.join(", ")}, every ${probe.every}`;
    case "sentry-uptime":
      return `Sentry from its regions in turn, every ${probe.every}`;
    default:
      return never(probe);
  }
}

/** Under what name a probe tells, where it is not told of as a failing health check. */
function toldAs(kind: Probe["kind"]): string | undefined {
  switch (kind) {
    case "blackbox":
      return "alerts on `probe_success`";
    case "grafana-synthetics":
      return "Grafana's own rules";
    case "sentry-uptime":
      return "the error alert on uptime";
    case "route53":
    case "cloudwatch-synthetics":
    case "datadog-synthetics":
      return undefined;
    default:
      return never(kind);
  }
}

const policyOf = (catalog: Catalog, { service }: ServiceEstate) =>
  escalationPolicies(catalog).find(({ name }) => name === policyName(service.team, service.tier));

function tells(catalog: Catalog, { estate, health }: Endpoint, { kind }: Probe): string {
  const other = toldAs(kind);
  if (other !== undefined) return other;
  const { severity, route } = tellingOf(health, kind);
  const calls =
    route.urgency === "high"
      ? (policyOf(catalog, estate)
          ?.levels.map(({ team }) => team)
          .join(", then ") ?? "")
      : "";
  return [severity, ...(calls === "" ? [] : [`a page: ${calls}`]), route.slack].join("; ");
}

/** Commands that show what canaries saw, and what their alarms say of it. */
function canaryCommands({ estate }: Endpoint): readonly string[] {
  const canary = canaryOf(estate);
  if (canary === undefined) return [];
  const { service, environment } = estate;
  return canary.regions.map(
    (region) =>
      `- Runs of the canary of ${service.name}, ${environment.name}, in ${region}: \`aws synthetics get-canary-runs --name ${canary.name} --max-results 5 --region ${region}\``,
  );
}

function factsOf(catalog: Catalog, endpoints: readonly Endpoint[]): string {
  const production = endpoints.filter(({ estate }) => estate.environment.production);
  return [
    "> The address does not answer as its contract says, or says that the service is unhealthy",
    "",
    ...markdownTable(
      ["service", "environment", "asked by", "tells"],
      endpoints.flatMap((endpoint) =>
        endpoint.health.probes.map((probe) => [
          endpoint.estate.service.name,
          endpoint.estate.environment.name,
          asker(probe),
          tells(catalog, endpoint, probe),
        ]),
      ),
    ),
    "",
    ...endpoints.map(
      ({ estate, health }) =>
        `- Ask ${estate.service.name}, ${estate.environment.name}, yourself: \`curl --silent --show-error --include --max-time ${health.timeoutSeconds} ${health.url}\``,
    ),
    ...production.flatMap(canaryCommands),
    ...production.map(({ estate }) => {
      const { tail, liveTail } = liveTailOf(estate);
      return `- Failures of ${estate.service.name}, ${estate.environment.name}, as they are logged: \`${tail}\`, or at once \`${liveTail}\``;
    }),
    ...production.map(
      ({ estate, health }) =>
        `- ${estate.service.name} reports in \`checks\` on ${health.dependencies.length === 0 ? "nothing" : health.dependencies.join(", ")}`,
    ),
  ].join("\n");
}

const steps: FirstSteps = {
  look: [
    "Ask the address yourself, with the command above.",
    "Who else sees it? One probe of several that fails is that probe's way to the service.",
    "What does `checks` say? A dependency that is unhealthy has an alert of its own.",
  ],
  mitigate: ["Undo the release that it began with: `gh api repos/company/app/deployments` lists them."],
};

/**
 * The pages that failing probes lead to. Where all of them only tell by other alerts there is still a page: whoever reads those finds it.
 * @throws Error on what the checks refuse; they run first.
 */
export function healthPages(catalog: Catalog): readonly RunbookPage[] {
  const estates = catalog.environments
    .map((environment) => estateOf(catalog, environment))
    .sort((a, b) => Number(b.environment.production) - Number(a.environment.production));
  const endpoints = estates.flatMap(({ services }) =>
    services.flatMap((estate): readonly Endpoint[] =>
      estate.health === undefined ? [] : [{ estate, health: estate.health }],
    ),
  );
  const pages = new Map<string, readonly Endpoint[]>();
  for (const endpoint of endpoints) {
    const page = pageOf(endpoint.health.runbook, catalog.runbooks);
    if (page !== undefined) pages.set(page, [...(pages.get(page) ?? []), endpoint]);
  }
  return [...pages].map(([page, led]) => ({
    page,
    alerts: [healthAlertName],
    occurrences: led.length,
    facts: factsOf(catalog, led),
    steps,
    slack: led[0]?.health.first.route.slack ?? "",
  }));
}
