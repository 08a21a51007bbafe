import { metricsOn } from "../model/cardinality";
import type { Catalog } from "../model/catalog";
import type { Finding } from "../model/finding";
import { writtenByPrometheus } from "../model/metric";
import { environmentsNamed, valuesOf } from "../model/per-environment";
import type { PerEnvironment } from "../model/register";
import { namedIn, type Scrape } from "../model/scrape";
import { type Service, scrapesOf } from "../model/service";
import { didYouMean } from "../model/suggest";
import { scrapeSeconds } from "../model/time-to-page";
import { errorRule, finding, inService, type Rule } from "./rule";

const target = errorRule(
  "scrape/target",
  "A target that is nowhere is scraped by nobody, and Prometheus starts all the same.",
);
const interval = errorRule("scrape/interval", "Prometheus refuses the whole file for an interval that it cannot keep.");
const duplicate = errorRule(
  "scrape/duplicate",
  "Two jobs of one name are refused, and one page scraped twice has two samples of each series, of which one is lost.",
);
const uncollected = errorRule(
  "scrape/uncollected",
  "A metric that is on no page is never there: its alerts are silent for ever.",
);
const retention = errorRule(
  "scrape/retention",
  "AMP keeps metrics for 1 to 1095 days, and Prometheus for none less than one.",
);

/** Every rule of this family. */
export const rules: readonly Rule[] = [target, interval, duplicate, uncollected, retention];

/** RFC 1123, 2.1; and RFC 3986, 3.2.2 for addresses. */
const hostName = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i;
/** What may be a part of a job's name, as those of services are. */
const kebab = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
/** As long as Prometheus takes a series for alive: five minutes. Source: Prometheus, Querying basics, "Staleness". */
const stale = 300;

const isPort = (port: number): boolean => Number.isInteger(port) && port > 0 && port < 65_536;

/** Texts of a scrape that are names of hosts, and those that are URLs. */
const hostsOf = ({ discovery }: Scrape): readonly PerEnvironment<string>[] =>
  discovery.kind === "ec2" ? [] : [discovery.kind === "dns" ? discovery.name : discovery.host];

function targetProblems(
  scrape: Scrape,
  service: Service,
  environments: readonly { readonly name: string }[],
): readonly Finding[] {
  const names = environments.map(({ name }) => name);
  const everywhere = (texts: readonly PerEnvironment<string>[]): readonly string[] => [
    ...new Set(texts.flatMap((text) => environments.map((environment) => namedIn(text, service.name, environment)))),
  ];
  const tables = {
    discovery: hostsOf(scrape),
    probe: scrape.probe?.urls ?? [],
    instances: [scrape.instances],
  };
  const unknown = Object.entries(tables).flatMap(([field, values]) =>
    values
      .flatMap((value) => environmentsNamed(value))
      .filter((name) => !names.includes(name))
      .map((name) => [field, name] as const),
  );
  const problem = (field: string, message: string, fix: string): Finding =>
    finding(target, inService(service, `scrapes.${scrape.name}.${field}`), message, fix);
  return [
    ...unknown.map(([field, name]) =>
      problem(field, `there is no environment "${name}".${didYouMean(name, names)}`, `use one of ${names.join(", ")}`),
    ),
    ...(isPort(scrape.port) ? [] : [problem("port", `${scrape.port} is no port`, "write a number from 1 to 65535")]),
    ...(scrape.path.startsWith("/") ? [] : [problem("path", `"${scrape.path}" is no path`, "begin it with a slash")]),
    ...(kebab.test(scrape.name)
      ? []
      : [problem("name", `"${scrape.name}" is not in kebab-case`, "write it like postgres-exporter")]),
    ...everywhere(hostsOf(scrape))
      .filter((host) => !hostName.test(host))
      .map((host) =>
        problem(
          "discovery",
          `"${host}" is no host's name`,
          "write it without scheme and port, such as shop.prod.internal",
        ),
      ),
    ...everywhere(scrape.probe?.urls ?? [])
      .filter((url) => !URL.canParse(url) || !/^https?:/.test(url))
      .map((url) => problem("probe", `"${url}" is not a URL`, "write it whole, with https://")),
    ...(scrape.probe !== undefined && (scrape.probe.urls.length === 0 || scrape.discovery.kind !== "host")
      ? [problem("probe", "a prober asks nothing, or is nowhere", "give it URLs, and the host that it runs at")]
      : []),
    ...(valuesOf(scrape.instances).every(
      (count) => count === undefined || (Number.isInteger(count) && Number(count) > 0),
    )
      ? []
      : [problem("instances", "its number of instances is none", "write a whole number, one or more")]),
  ];
}

/** What two scrapes of a service may not share: the name of their job, and the page, whose samples would have the same labels. */
const identities = ({ name, discovery, port, path, probe }: Scrape): readonly string[] => [
  name,
  JSON.stringify([discovery, port, path, probe]),
];

function duplicates(service: Service): readonly Finding[] {
  const seen = new Set<string>();
  return scrapesOf(service).flatMap((scrape) => {
    const own = identities(scrape);
    const again = own.some((identity) => seen.has(identity));
    for (const identity of own) seen.add(identity);
    return again
      ? [
          finding(
            duplicate,
            inService(service, `scrapes.${scrape.name}`),
            "its name or its page is that of another scrape of the service",
            "give it a name, and a port or a path, of its own",
          ),
        ]
      : [];
  });
}

/** Contracts for Prometheus that are on no page, and pages that are of contracts which the service does not have. */
function contractProblems(service: Service): readonly Finding[] {
  const scrapes = scrapesOf(service);
  const found = new Set(scrapes.flatMap((scrape) => metricsOn(scrape, service).map(({ name }) => name)));
  const at = inService(service, "scrapes");
  return [
    ...service.telemetry
      .filter(({ metrics }) =>
        metrics.some(({ prometheus, name }) => prometheus && !writtenByPrometheus.has(name) && !found.has(name)),
      )
      .map(({ name }) =>
        finding(
          uncollected,
          at,
          `no scrape has the metrics of the contract ${name}`,
          "name it in the `exposes` of a scrape, or add the scrape that has it",
        ),
      ),
    ...scrapes.flatMap(({ name: scrape, exposes = [] }) =>
      exposes
        .filter(({ contract }) => !service.telemetry.includes(contract))
        .map(({ contract }) =>
          finding(
            uncollected,
            inService(service, `scrapes.${scrape}.exposes`),
            `it exposes the contract ${contract.name}, which is none of the service's`,
            "add it to the service's telemetry",
          ),
        ),
    ),
  ];
}

const isDays = (days: number, most: number): boolean => Number.isInteger(days) && days >= 1 && days <= most;

/** Scrapes that Prometheus cannot do, or that find nothing. */
export const checkScrapes = ({ services, environments, file }: Catalog): readonly Finding[] => [
  ...services.flatMap((service) => [
    ...scrapesOf(service).flatMap((scrape) => [
      // The usual ones are right wherever the service's own name is.
      ...(service.scrapes === undefined ? [] : targetProblems(scrape, service, environments)),
      ...(Number.isInteger(scrape.seconds) && scrape.seconds >= scrapeSeconds && scrape.seconds < stale
        ? []
        : [
            finding(
              interval,
              inService(service, `scrapes.${scrape.name}`),
              `${scrape.seconds} s between two scrapes is less than their timeout, or so long that a series is taken for gone`,
              `write a whole number of seconds from ${scrapeSeconds} to ${stale - 1}`,
            ),
          ]),
    ]),
    ...duplicates(service),
    ...contractProblems(service),
  ]),
  ...environments
    .filter(
      ({ metricsRetention: { serverDays, workspaceDays } }) =>
        !isDays(serverDays, 3650) || !isDays(workspaceDays, 1095),
    )
    .map(({ name }) =>
      finding(
        retention,
        { file, field: `environments.${name}.metricsRetention` },
        "metrics cannot be kept for so many days",
        "write whole days: at the most 3650 for Prometheus and 1095 for its workspace",
      ),
    ),
];
