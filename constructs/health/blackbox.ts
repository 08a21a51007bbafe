import type { EnvironmentEstate } from "../../model/estate";
import { type DefiniteHealth, healthyModule, probeOf, servingModule } from "../../model/health";
import { pageModule } from "../../model/scrape";
import { scrapesOf } from "../../model/service";
import { yamlFile } from "../yaml-file";
import { servingRegex, statusRegex } from "./body";

/** The endpoints that an environment's blackbox exporter asks, by the name of the service. */
export const blackboxHealth = ({ services }: EnvironmentEstate): readonly DefiniteHealth[] =>
  services
    .flatMap(({ health }) => (health !== undefined && probeOf(health, "blackbox") !== undefined ? [health] : []))
    .sort((a, b) => (a.service < b.service ? -1 : 1));

const moduleOf = ({ url, timeoutSeconds }: DefiniteHealth, regex: string) => ({
  prober: "http",
  timeout: `${timeoutSeconds}s`,
  http: {
    method: "GET",
    headers: { Accept: "application/json" },
    // Whoever is sent elsewhere has not met the service.
    follow_redirects: false,
    // The certificate's end comes with every probe that is encrypted; one that is not must fail, not go unseen.
    ...(url.startsWith("https:") ? { fail_if_not_ssl: true } : {}),
    fail_if_body_not_matches_regexp: [regex],
    preferred_ip_protocol: "ip4",
  },
});

/** Any page that a browser would show: a status that starts with 2, on whatever way. As the exporter's own module of that name. */
const page = { prober: "http", timeout: "5s", http: { method: "GET", preferred_ip_protocol: "ip4" } };

/**
 * Configuration of the blackbox exporter: two modules for each service, since a module's timeout and expressions are its own; and where `pages`, the one that
 * asks for any page.
 * Source: blackbox_exporter, CONFIGURATION.md, `<module>` and `<http_probe>`.
 */
export const blackboxConfig = (health: readonly DefiniteHealth[], pages = false) => ({
  modules: Object.fromEntries([
    ...(pages ? [[pageModule, page]] : []),
    ...health.flatMap((each) => [
      [servingModule(each.service), moduleOf(each, servingRegex)],
      [healthyModule(each.service), moduleOf(each, statusRegex("healthy"))],
    ]),
  ]),
});

/** Whether a scrape of the environment has the exporter ask for pages: its file takes the place of the exporter's own, which knows how. */
export const asksForPages = ({ services }: EnvironmentEstate): boolean =>
  services.some(({ service }) => scrapesOf(service).some(({ probe }) => probe?.module === pageModule));

/** The configuration as YAML. */
export const blackboxYaml = (health: readonly DefiniteHealth[], pages = false): string =>
  yamlFile("Modules of the blackbox exporter, generated from the catalog.", blackboxConfig(health, pages));

/**
 * What Prometheus asks the exporter for, as a file of its file-based service discovery: addresses, each with its module. Labels that begin with
 * two underscores are gone before anything is stored.
 * Sources: Prometheus configuration, `<file_sd_config>`; blackbox_exporter, README, "Prometheus Configuration".
 */
export const blackboxTargets = (health: readonly DefiniteHealth[]): string =>
  `${JSON.stringify(
    health.map(({ service, url }) => ({ targets: [url], labels: { __param_module: servingModule(service) } })),
    null,
    2,
  )}\n`;
