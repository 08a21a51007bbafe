import { type AlertRule, labelsOfRule } from "./alert-rule";
import { labelsOfCondition } from "./definite-condition";
import type { EnvironmentEstate, ServiceEstate } from "./estate";
import {
  absentLabel,
  type LabelMatcher,
  type Labels,
  matchesAll,
  noneOfLabel,
  oneOfLabel,
  presentLabel,
} from "./label-matcher";
import { memoized } from "./memoized";
import { type Severity, severities } from "./severity";
import { consequences, symptomNames } from "./symptom";

/**
 * While an alert that meets `source` fires, nobody is told of those that meet `target`, where both have the same value in every label
 * of `equal`. Evaluation goes on: what still fires when the source is over is told then.
 */
export interface Inhibition {
  /** Stable, made of what it is about. */
  readonly name: string;
  readonly source: readonly LabelMatcher[];
  readonly target: readonly LabelMatcher[];
  /** Never without `environment`. */
  readonly equal: readonly string[];
  /** For whoever wonders why nobody was told. */
  readonly reason: string;
}

const scale: readonly Severity[] = ["SEV-1", "SEV-2", "SEV-3", "SEV-4"];
const wordOf = (severity: Severity): string => severities[severity].word;
const below = (severity: Severity): readonly Severity[] => scale.slice(scale.indexOf(severity) + 1);

/** Labels by which a rule keeps its series apart; a rule in a backend's own language is taken for one without. */
const dimensionsOf = ({ condition }: AlertRule): readonly string[] => [...(labelsOfCondition(condition) ?? [])].sort();

/** A page of one severity about things that are told apart by the same labels. */
interface Tier {
  readonly severity: Severity;
  readonly dimensions: readonly string[];
}

/** The tiers in which some page of a service has a warning of the same symptom below it, about the same thing or a part of it. */
function tiersOf(services: readonly ServiceEstate[]): readonly Tier[] {
  const found = new Map<string, Tier>();
  for (const { alerts } of services) {
    for (const page of alerts) {
      if (page.symptom === undefined) continue;
      const dimensions = dimensionsOf(page);
      const covers = (warning: AlertRule): boolean =>
        warning.symptom === page.symptom &&
        below(page.severity).includes(warning.severity) &&
        dimensions.every((label) => dimensionsOf(warning).includes(label));
      if (!alerts.some(covers)) continue;
      found.set(`${page.severity} ${dimensions.join(" ")}`, { severity: page.severity, dimensions });
    }
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, tier]) => tier);
}

/**
 * A page silences the warning of the same symptom of the same service. Where the page is about one instance, so is the warning that
 * it silences: one full disk is no reason to keep quiet about another. The page of one instance leaves the warning about the
 * whole service alone, which knows more.
 */
function pagesOverWarnings(services: readonly ServiceEstate[]): readonly Inhibition[] {
  const tiers = tiersOf(services);
  const pages = services.flatMap(({ alerts }) => alerts.filter(({ symptom }) => symptom !== undefined));
  const known = [...new Set(pages.flatMap(dimensionsOf))].sort();
  return tiers.map(({ severity, dimensions }) => ({
    name: ["page", wordOf(severity), ...dimensions].join("-"),
    source: [
      oneOfLabel("severity", wordOf(severity)),
      presentLabel("symptom"),
      ...known.map((label) => (dimensions.includes(label) ? presentLabel(label) : absentLabel(label))),
    ],
    target: [oneOfLabel("severity", ...below(severity).map(wordOf)), presentLabel("symptom")],
    equal: ["environment", "service", "symptom", ...dimensions],
    reason: `Whoever has the ${wordOf(severity)} of a symptom knows of the lesser alerts about the same`,
  }));
}

/** Names of the services that need each service. */
function directClients(services: readonly ServiceEstate[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { service } of services) {
    for (const dependency of service.dependsOn ?? []) {
      const clients = found.get(dependency);
      if (clients === undefined) found.set(dependency, [service.name]);
      else clients.push(service.name);
    }
  }
  return found;
}

/** The services that need a service, and those that need them, by name. */
function clientsOf(name: string, direct: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const found = new Set<string>();
  const visit = (dependency: string): void => {
    for (const client of direct.get(dependency) ?? []) {
      if (found.has(client) || client === name) continue;
      found.add(client);
      visit(client);
    }
  };
  visit(name);
  return [...found].sort();
}

const namesOf = (alerts: readonly AlertRule[]): readonly string[] =>
  [...new Set(alerts.map(({ name }) => name))].sort();

const isDown = ({ means }: AlertRule): boolean => means === "down";

/**
 * A dead dependency silences its clients. What the person who is called wants is one page, of the cause, and nothing that it explains:
 *
 * - The source is an alert that says that the service itself is down, never one that it is slow or that nobody can see it.
 * - No client that is itself down is silenced: that is a cause of its own, or will be when the dependency is back.
 * - No resource that runs out (processors, memory, storage) is silenced: a dead database fills no disk.
 * - Of the clients' SEV-1 alerts only those are silenced whose symptom is a consequence (errors, latency, …). One that names no symptom may
 *   be about data or security, and is told.
 * - Clients of clients too: their symptoms have the same cause.
 */
function deadDependencies(services: readonly ServiceEstate[]): readonly Inhibition[] {
  const direct = directClients(services);
  const downOf = new Map(services.map(({ service, alerts }) => [service.name, alerts.filter(isDown)]));
  return services.flatMap(({ service, alerts }): readonly Inhibition[] => {
    const down = namesOf(alerts.filter(isDown));
    const clients = clientsOf(service.name, direct);
    if (down.length === 0 || clients.length === 0) return [];
    const own = namesOf(clients.flatMap((client) => downOf.get(client) ?? []));
    const notDown = own.length === 0 ? [] : [noneOfLabel("alertname", ...own)];
    const source = [oneOfLabel("service", service.name), oneOfLabel("alertname", ...down)];
    const resources = symptomNames.filter((symptom) => !consequences.includes(symptom));
    return [
      {
        name: `dead-${service.name}`,
        source,
        target: [
          oneOfLabel("service", ...clients),
          oneOfLabel("severity", ...below("SEV-1").map(wordOf)),
          noneOfLabel("symptom", ...resources),
          ...notDown,
        ],
        equal: ["environment"],
        reason: `${service.name} is down, and ${clients.join(", ")} cannot work without it`,
      },
      {
        name: `dead-${service.name}-pages`,
        source,
        target: [
          oneOfLabel("service", ...clients),
          oneOfLabel("severity", wordOf("SEV-1")),
          oneOfLabel("symptom", ...consequences),
          ...notDown,
        ],
        equal: ["environment"],
        reason: `${service.name} is down, which its own page says; these pages are its consequences`,
      },
    ];
  });
}

/** Everything that silences something in an environment. The order is by name of symptom tiers, then by service as the catalog has it. */
export const inhibitionsOf = memoized(({ services }: EnvironmentEstate): readonly Inhibition[] => [
  ...pagesOverWarnings(services),
  ...deadDependencies(services),
]);

/** The labels that an alert of a rule arrives with where it is routed; those of its series stand beside them. */
export const routedLabels = (rule: AlertRule): Labels => ({ ...labelsOfRule(rule), alertname: rule.name });

/**
 * Whether one firing alert silences another. As in Alertmanager, one that meets both sides is not silenced by one that does, so that
 * none silences itself. Source: Alertmanager, Configuration, "<inhibit_rule>".
 */
export const inhibits = ({ source, target, equal }: Inhibition, firing: Labels, other: Labels): boolean =>
  matchesAll(source, firing) &&
  matchesAll(target, other) &&
  !(matchesAll(target, firing) && matchesAll(source, other)) &&
  equal.every((label) => (firing[label] ?? "") === (other[label] ?? ""));
