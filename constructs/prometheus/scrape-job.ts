import { metricsOn, seriesOnPage } from "../../model/cardinality";
import type { ServiceEstate } from "../../model/estate";
import { never } from "../../model/result";
import { namedIn, type Scrape, type ScrapeRole } from "../../model/scrape";
import { scrapesOf } from "../../model/service";
import { scrapeSeconds } from "../../model/time-to-page";
import { containersOf, copyLabel, pushedBy, type Relabelling, rename, setLabel, storedOf } from "./relabelling";

/** Where targets are. Source: Prometheus, Configuration, "<dns_sd_config>", "<ec2_sd_config>", "<static_config>". */
export interface TargetSources {
  readonly dns_sd_configs?: readonly { readonly names: readonly string[]; readonly type: "A"; readonly port: number }[];
  readonly ec2_sd_configs?: readonly {
    readonly region: string;
    readonly port: number;
    readonly filters: readonly { readonly name: string; readonly values: readonly string[] }[];
  }[];
  readonly static_configs?: readonly { readonly targets: readonly string[] }[];
}

/** Source: Prometheus, Configuration, "<scrape_config>". */
export interface ScrapeJob extends TargetSources {
  readonly job_name: string;
  /** Absent: the global one. */
  readonly scrape_interval?: string;
  readonly metrics_path?: string;
  /** False: a sample is of the moment that it was scraped in, whatever its page says. */
  readonly honor_timestamps?: false;
  /** Labels of the page win over those of its target. Default: false. */
  readonly honor_labels?: boolean;
  readonly params?: Readonly<Record<string, readonly string[]>>;
  readonly body_size_limit: string;
  readonly sample_limit: number;
  readonly label_limit: number;
  readonly label_name_length_limit: number;
  readonly label_value_length_limit: number;
  readonly relabel_configs?: readonly Relabelling[];
  readonly metric_relabel_configs: readonly Relabelling[];
}

/**
 * What one page may hold before the whole of it is refused, and `PrometheusScrapesTooLarge` tells. Twice what the contract says, since a
 * deployment for some minutes exposes old and new values together; never less than a hundred. Labels: three times the most that a
 * contract has. A value is a route or a name; 300 characters of it are an error message or a query.
 */
const pageLimits = { bytes: "16MB", least: 100, labels: 30, labelName: 100, labelValue: 300 } as const;

/** Where a scrape's processes are, at their port. */
export function targetSources({ discovery, port }: Scrape, { service, environment }: ServiceEstate): TargetSources {
  const named = (text: Parameters<typeof namedIn>[0]): string => namedIn(text, service.name, environment);
  switch (discovery.kind) {
    case "dns":
      return { dns_sd_configs: [{ names: [named(discovery.name)], type: "A", port }] };
    case "ec2":
      return {
        ec2_sd_configs: [
          {
            region: environment.region,
            port,
            filters: [
              { name: `tag:${discovery.tag}`, values: [discovery.value] },
              { name: "instance-state-name", values: ["running"] },
            ],
          },
        ],
      };
    case "host":
      return { static_configs: [{ targets: [`${named(discovery.host)}:${port}`] }] };
    default:
      return never(discovery);
  }
}

/**
 * A prober is told in its address what to ask: the URL is the target, and so the instance, and the address that is scraped is the
 * prober's. Source: blackbox_exporter, README, "Prometheus Configuration".
 */
function probing(scrape: Scrape, estate: ServiceEstate): Pick<ScrapeJob, "params" | "relabel_configs"> & TargetSources {
  const { probe, discovery, port } = scrape;
  if (probe === undefined) return targetSources(scrape, estate);
  const host = "host" in discovery ? discovery.host : "name" in discovery ? discovery.name : "localhost";
  const { service, environment } = estate;
  return {
    params: { module: [probe.module] },
    static_configs: [{ targets: probe.urls.map((url) => namedIn(url, service.name, environment)) }],
    relabel_configs: [
      copyLabel("__address__", "__param_target"),
      copyLabel("__param_target", "instance"),
      setLabel("__address__", `${namedIn(host, service.name, environment)}:${port}`),
    ],
  };
}

/** Whether another page of the service is at the same port, so that their targets would have the same labels. */
const sharesPort = (scrape: Scrape, all: readonly Scrape[]): boolean =>
  all.some((other) => other !== scrape && other.port === scrape.port && other.path !== scrape.path);

/** Pages of targets that are no instances of the service, so that whether they answer says nothing of it. */
const ofOthers: ReadonlySet<ScrapeRole> = new Set(["containers", "beside", "pushed"]);

/** Whether an earlier page of the service asks an address that this one asks too, so that their targets would have the same labels. */
const asksAgain = (scrape: Scrape, all: readonly Scrape[], { service, environment }: ServiceEstate): boolean => {
  const asked = ({ probe }: Scrape) => (probe?.urls ?? []).map((url) => namedIn(url, service.name, environment));
  const before = new Set(all.slice(0, all.indexOf(scrape)).flatMap(asked));
  return asked(scrape).some((url) => before.has(url));
};

function jobOf(scrape: Scrape, index: number, estate: ServiceEstate): ScrapeJob {
  const { service } = estate;
  const { relabel_configs: own = [], ...where } = probing(scrape, estate);
  const relabelled: readonly Relabelling[] = [
    ...own,
    // Rules and dashboards select a service by its job; a page of its exporter is a page of the service.
    ...(index === 0 || ofOthers.has(scrape.role) ? [] : [setLabel("job", service.name)]),
    ...(index > 0 && sharesPort(scrape, scrapesOf(service)) ? [copyLabel("__metrics_path__", "metrics_path")] : []),
    ...(asksAgain(scrape, scrapesOf(service), estate) ? [copyLabel("__param_module", "module")] : []),
    // People look for a host by its id, which outlives its address in every log.
    ...(scrape.discovery.kind === "ec2" ? [copyLabel("__meta_ec2_instance_id", "instance")] : []),
  ];
  return {
    job_name: index === 0 && scrape.role !== "pushed" ? service.name : `${service.name}/${scrape.name}`,
    ...(scrape.seconds === scrapeSeconds ? {} : { scrape_interval: `${scrape.seconds}s` }),
    ...(scrape.path === "/metrics" ? {} : { metrics_path: scrape.path }),
    // Fluent Bit may say when a counter last changed: a quiet one would count as gone, and its first loss would be none.
    ...(scrape.role === "beside" ? { honor_timestamps: false } : {}),
    ...(scrape.role === "pushed" ? { honor_labels: true } : {}),
    ...where,
    body_size_limit: pageLimits.bytes,
    sample_limit: Math.max(pageLimits.least, 2 * seriesOnPage(scrape, service)),
    label_limit: pageLimits.labels,
    label_name_length_limit: pageLimits.labelName,
    label_value_length_limit: pageLimits.labelValue,
    ...(relabelled.length === 0 ? {} : { relabel_configs: relabelled }),
    metric_relabel_configs: [
      ...(scrape.role === "containers" ? containersOf(service.name) : []),
      ...(scrape.role === "beside" ? [setLabel("job", service.name)] : []),
      ...(scrape.role === "pushed" ? pushedBy(service.name) : []),
      ...(scrape.probe?.renamed === undefined ? [] : [rename(scrape.probe.renamed)]),
      ...storedOf(metricsOn(scrape, service)),
    ],
  };
}

/**
 * A service's scrape jobs: the first has its name, so that `job` is the service without any relabelling. A Pushgateway's never has: what it
 * holds says its job itself.
 */
export const scrapeJobs = (estate: ServiceEstate): readonly ScrapeJob[] =>
  scrapesOf(estate.service).map((scrape, index) => jobOf(scrape, index, estate));
