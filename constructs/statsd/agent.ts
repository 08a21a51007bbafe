import type { ServiceEstate } from "../../model/estate";

/** Port that the service sends to, DogStatsD's own. */
const agentPort = 8125;

/** Port that the StatsD exporter listens on. Source: statsd_exporter, `--statsd.listen-udp`. */
export const exporterPort = 9125;

/**
 * Settings of the Datadog agent in the service's task. What it receives it passes on to the StatsD exporter, so that the service sends
 * each value once and both hold it. Timings and histograms are distributions too, whose percentiles are those of all tasks together; an agent's
 * own are of one task and cannot be added up.
 *
 * Tasks of one network interface share `localhost`: nobody else can send. The key is read from `DD_API_KEY`.
 * Source: Datadog Agent, `datadog.yaml` template: `dogstatsd_*`, `statsd_forward_*`, `histogram_copy_to_distribution`.
 */
export const agentSettings = ({ service, environment, team }: ServiceEstate) => ({
  use_dogstatsd: true,
  dogstatsd_port: agentPort,
  dogstatsd_non_local_traffic: false,
  dogstatsd_tags: [`env:${environment.name}`, `service:${service.name}`, `team:${team.name}`],
  statsd_forward_host: "127.0.0.1",
  statsd_forward_port: exporterPort,
  histogram_copy_to_distribution: true,
});
