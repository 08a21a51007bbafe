import { limits } from "../constructs/health/limits";
import type { Catalog } from "../model/catalog";
import { parseDuration } from "../model/duration";
import type { Finding } from "../model/finding";
import { probesIn } from "../model/health";
import { environmentsNamed, inEnvironment, valuesOf } from "../model/per-environment";
import type { Probe } from "../model/probe";
import { runbookUrl } from "../model/runbook";
import { metricsOf, type Service } from "../model/service";
import { isSeverityName, severityNames, severityOf } from "../model/severity";
import { didYouMean } from "../model/suggest";
import { duplicates } from "./duplicates";
import { canaryNameProblems, type Probed, probeProblems } from "./health-probes";
import { errorRule, finding, inService, type Rule, warningRule } from "./rule";

const address = errorRule("health/address", "An endpoint that cannot be asked is never known to be down.");
const contract = errorRule("health/contract", "What the endpoint answers is read by machines; two meanings are none.");
const probe = errorRule("health/probe", "A probe that its system refuses asks nothing.");
const unprobed = errorRule("health/unprobed", "An endpoint that nobody asks from outside is down until a user calls.");
const alert = errorRule("health/alert", "A failing probe must reach somebody who knows what to do.");
const unreported = warningRule(
  "health/unreported-dependency",
  "A dependency that the endpoint does not report on is looked for last.",
);

/** Every rule of this family. */
export const rules: readonly Rule[] = [address, contract, probe, unprobed, alert, unreported];

const told = (rule: Rule, service: Service, field: string, message: string, fix: string): Finding =>
  finding(rule, inService(service, `health.${field}`), message, fix);

/** What is wrong with an address, if anything: it is a host, and perhaps a port. */
function addressProblem(text: string, encrypted: boolean): string | undefined {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) return `"${text}" is not a URL`;
  const { pathname, search, hash, hostname, protocol, username } = new URL(text);
  if (username !== "") return "the address holds a user's name";
  if (pathname !== "/" || search !== "" || hash !== "") return `"${text}" has a path of its own`;
  if (hostname.length > limits.hostLength) return `the host's name has ${hostname.length} characters`;
  return encrypted && protocol !== "https:" ? `"${text}" is not encrypted, and users' data passes there` : undefined;
}

function addressProblems(service: Probed, { environments }: Catalog): readonly Finding[] {
  const { url, path } = service.health;
  return [
    ...environments.flatMap(({ name, production }) => {
      const problem = addressProblem(inEnvironment(url, name), production);
      return problem === undefined
        ? []
        : [
            told(
              address,
              service,
              "url",
              problem,
              "write scheme and host, such as https://api.company.com, and `path` apart",
            ),
          ];
    }),
    ...(/^\/[^\s?#]*$/.test(path) && path.length <= limits.pathLength
      ? []
      : [
          told(
            address,
            service,
            "path",
            `"${path}" is not a path`,
            `write one such as /health, at most ${limits.pathLength} characters`,
          ),
        ]),
  ];
}

function contractProblems(service: Probed): readonly Finding[] {
  const { dependencies, timeout } = service.health;
  const seconds = parseDuration(timeout);
  const { least, most } = limits.timeout;
  return [
    ...(seconds.ok && seconds.value >= least && seconds.value <= most
      ? []
      : [
          told(
            contract,
            service,
            "timeout",
            seconds.ok ? `nobody who probes waits for ${timeout}` : seconds.error,
            `write from ${least}s to ${most}s`,
          ),
        ]),
    ...dependencies
      .filter((name) => !/^[a-z][a-z0-9_-]*$/.test(name))
      .map((name) =>
        told(
          contract,
          service,
          "dependencies",
          `"${name}" is no name in \`checks\``,
          "write it in lower case, such as database",
        ),
      ),
    ...duplicates(dependencies, (name) => name).map(({ again }) =>
      told(contract, service, "dependencies", `${again} is named twice`, "remove one of the two"),
    ),
    ...(service.dependsOn ?? [])
      .filter((name) => !dependencies.includes(name))
      .map((name) =>
        told(
          unreported,
          service,
          "dependencies",
          `it depends on ${name}, but does not report on it`,
          `add "${name}", and have the endpoint ask it`,
        ),
      ),
  ];
}

function probesProblems(service: Probed, { environments }: Catalog): readonly Finding[] {
  const { probes } = service.health;
  const names = environments.map(({ name }) => name);
  return [
    ...Object.entries<readonly Probe[] | undefined>(probes).flatMap(([name, asked = []]) => [
      ...(name === "default" || names.some((known) => known === name)
        ? []
        : [
            told(
              probe,
              service,
              `probes.${name}`,
              `there is no environment "${name}".${didYouMean(name, names)}`,
              `write one of the environments: ${names.join(", ")}`,
            ),
          ]),
      ...duplicates(asked, ({ kind }) => kind).map(({ again }) =>
        told(probe, service, `probes.${name}`, `${again.kind} asks twice`, "remove one of the two"),
      ),
      ...asked.flatMap((each) =>
        probeProblems(each, service).map(([message, fix]) => told(probe, service, `probes.${name}`, message, fix)),
      ),
    ]),
    ...environments.flatMap((environment) =>
      canaryNameProblems(service, environment).map(([message, fix]) =>
        told(probe, service, `probes.${environment.name}`, message, fix),
      ),
    ),
    ...environments
      .filter(({ name, production }) => production && probesIn(service.health, name).length === 0)
      .map(({ name }) =>
        told(unprobed, service, "probes", `in ${name} nobody asks it`, "add a probe, such as blackbox()"),
      ),
  ];
}

/** Whether some service declares what the blackbox exporter counts; else nobody is told of what it sees. */
const watchesProbes = ({ services }: Catalog): boolean =>
  services.some((service) => metricsOf(service).some(({ name }) => name === "probe_success"));

function unwatched(service: Probed, catalog: Catalog): readonly Finding[] {
  const asked = catalog.environments.some(({ name }) =>
    probesIn(service.health, name).some(({ kind }) => kind === "blackbox"),
  );
  return !asked || watchesProbes(catalog)
    ? []
    : [
        told(
          alert,
          service,
          "probes",
          "the blackbox exporter asks it, but no service declares what it counts (probe_success)",
          "declare a service with the telemetry httpEndpoint and the alerts endpoints()",
        ),
      ];
}

function alertProblems(service: Probed, { environments, runbooks }: Catalog): readonly Finding[] {
  const { severity, runbook, url } = service.health;
  const page = runbookUrl(runbook, runbooks);
  const names = environments.map(({ name }) => name);
  return [
    ...valuesOf(severity).flatMap((value) => {
      if (value === undefined || !isSeverityName(value))
        return [
          told(
            alert,
            service,
            "severity",
            `unknown severity "${value}".${didYouMean(String(value), severityNames)}`,
            `write one of ${severityNames.join(", ")}`,
          ),
        ];
      return severityOf(value) === "SEV-4"
        ? [told(alert, service, "severity", "SEV-4 calls nobody, whatever is down", "write SEV-3 or worse")]
        : [];
    }),
    ...(page.ok
      ? []
      : [told(alert, service, "runbook", page.error, "write the page's URL, or its name below `runbooks`")]),
    ...[...environmentsNamed(severity), ...environmentsNamed(url)]
      .filter((name) => !names.some((known) => known === name))
      .map((name) =>
        told(
          alert,
          service,
          "environments",
          `there is no environment "${name}".${didYouMean(name, names)}`,
          `write one of the environments: ${names.join(", ")}`,
        ),
      ),
  ];
}

/** Health endpoints that cannot be asked, that nobody asks, or whose failure calls nobody. */
export const checkHealth = (catalog: Catalog): readonly Finding[] =>
  catalog.services.flatMap((service) => {
    const { health } = service;
    if (health === undefined) return [];
    const probed = { ...service, health };
    return [
      ...addressProblems(probed, catalog),
      ...contractProblems(probed),
      ...probesProblems(probed, catalog),
      ...alertProblems(probed, catalog),
      ...unwatched(probed, catalog),
    ];
  });
