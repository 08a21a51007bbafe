import { type LiveTail, liveTailOf } from "../constructs/cloudwatch/live-tail";
import { firstNoticeSeconds } from "../constructs/first-notice";
import { escalationPolicies, policyName } from "../constructs/pagerduty/escalation";
import { prometheusRule } from "../constructs/prometheus/rules";
import type { AlertRule } from "../model/alert-rule";
import type { Catalog } from "../model/catalog";
import { conditionText } from "../model/condition-text";
import { type EnvironmentEstate, estateOf, type ServiceEstate } from "../model/estate";
import { checked } from "../model/result";
import { sampleSecondsOf } from "../model/service";
import { timeToPage } from "../model/time-to-page";

/** An alert of one service in one environment, as its runbook tells it. */
export interface Occurrence {
  readonly rule: AlertRule;
  /** What is compared with what, in words. */
  readonly condition: string;
  /** From the failure until somebody is told, at the most. */
  readonly toldWithinSeconds: number;
  /** Commands that show the service's failures as they are logged. */
  readonly follow: LiveTail;
  /** Teams in the order in which they are called; none where nobody is woken. */
  readonly calls: readonly string[];
  /** The rule's query, where Prometheus evaluates it. */
  readonly query?: string;
  /** What must work for the service to work. */
  readonly dependsOn: readonly string[];
}

/** All that is known of the alerts that lead to one page. */
export interface RunbookFacts {
  /** The page's name, below the catalog's `runbooks`. */
  readonly page: string;
  /** Production's first. */
  readonly occurrences: readonly [Occurrence, ...Occurrence[]];
}

function occurrence(catalog: Catalog, estate: ServiceEstate, rule: AlertRule): Occurrence {
  const { service } = estate;
  const policy = escalationPolicies(catalog).find(({ name }) => name === policyName(service.team, service.tier));
  return {
    rule,
    condition: conditionText(rule.condition),
    toldWithinSeconds: timeToPage(rule, firstNoticeSeconds(rule), sampleSecondsOf(service)).total,
    follow: liveTailOf(estate),
    calls: rule.route.urgency === "high" ? (policy?.levels.map(({ team }) => team) ?? []) : [],
    ...(rule.evaluator === "prometheus" ? { query: checked(prometheusRule(rule)).expr } : {}),
    dependsOn: service.dependsOn ?? [],
  };
}

/** The page that a URL leads to, or undefined when it is not one of the catalog's. */
export function pageOf(runbook: string, runbooks: string | undefined): string | undefined {
  if (runbooks === undefined) return undefined;
  const base = `${runbooks.replace(/\/+$/, "")}/`;
  return runbook.startsWith(base) ? runbook.slice(base.length) : undefined;
}

/**
 * The facts of every page that an alert leads to, sorted by page. Alerts whose runbook is a URL elsewhere have no page here.
 * @throws Error on what the checks refuse; they run first.
 */
export function runbookFacts(catalog: Catalog): readonly RunbookFacts[] {
  const production = (estate: EnvironmentEstate): number => (estate.environment.production ? 0 : 1);
  const estates = catalog.environments
    .map((environment) => estateOf(catalog, environment))
    .sort((a, b) => production(a) - production(b));
  const pages = new Map<string, [Occurrence, ...Occurrence[]]>();
  for (const { services } of estates) {
    for (const service of services) {
      for (const rule of service.alerts) {
        const page = pageOf(rule.runbook, catalog.runbooks);
        if (page === undefined) continue;
        const found = occurrence(catalog, service, rule);
        const known = pages.get(page);
        if (known === undefined) pages.set(page, [found]);
        else known.push(found);
      }
    }
  }
  return [...pages].map(([page, occurrences]) => ({ page, occurrences })).sort((a, b) => (a.page < b.page ? -1 : 1));
}
