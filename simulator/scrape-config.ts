/** A Prometheus that scrapes a simulated estate. */
export interface ScrapeSetup {
  /** Where the exporter is, without a slash at the end. */
  readonly exporter: string;
  /** Names of services; each is a job. */
  readonly services: readonly string[];
  /** Paths of rule files. */
  readonly ruleFiles: readonly string[];
  readonly scrapeSeconds: number;
  readonly evaluationSeconds: number;
}

/**
 * The configuration of a Prometheus that asks the exporter which targets there are, so that one can go missing, and scrapes each under the
 * name of its service. Source: Prometheus, Configuration, "<scrape_config>" and "<http_sd_config>".
 */
export const scrapeConfig = ({ exporter, services, ruleFiles, scrapeSeconds, evaluationSeconds }: ScrapeSetup) => ({
  global: { scrape_interval: `${scrapeSeconds}s`, evaluation_interval: `${evaluationSeconds}s` },
  rule_files: ruleFiles,
  scrape_configs: services.map((service) => ({
    job_name: service,
    scrape_timeout: `${scrapeSeconds}s`,
    http_sd_configs: [{ url: `${exporter}/targets/${service}`, refresh_interval: "1s" }],
  })),
});
