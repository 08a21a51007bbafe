import type { EnvironmentEstate } from "../../model/estate";
import { type DefiniteHealth, probeOf } from "../../model/health";
import { yamlFile } from "../yaml-file";
import { servingRegex, statusRegex } from "./body";

/** The endpoints that an environment's blackbox exporter asks, by the name of the service. */
export const blackboxHealth = ({ services }: EnvironmentEstate): readonly DefiniteHealth[] =>
  services
    .flatMap(({ health }) => (health !== undefined && probeOf(health, "blackbox") !== undefined ? [health] : []))
    .sort((a, b) => (a.service < b.service ? -1 : 1));

/** The module that asks whether a service serves, be it degraded: what pages are made of. */
export const servingModule = (service: string): string => `${service}-serving`;

/** The module that asks whether a service is wholly well: what a deployment waits for. */
export const healthyModule = (service: string): string => `${service}-healthy`;

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

/**
 * Configuration of the blackbox exporter: two modules for each service, since a module's timeout and expressions are its own.
 * Source: blackbox_exporter, CONFIGURATION.md, `<module>` and `<http_probe>`.
 */
export const blackboxConfig = (health: readonly DefiniteHealth[]) => ({
  modules: Object.fromEntries(
    health.flatMap((each) => [
      [servingModule(each.service), moduleOf(each, servingRegex)],
      [healthyModule(each.service), moduleOf(each, statusRegex("healthy"))],
    ]),
  ),
});

/** The configuration as YAML. */
export const blackboxYaml = (health: readonly DefiniteHealth[]): string =>
  yamlFile("Modules of the blackbox exporter, generated from the catalog.", blackboxConfig(health));

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
