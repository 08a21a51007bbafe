/**
 * What those who probe accept.
 * Sources: Amazon Route 53 API, HealthCheckConfig (`Regions`, `FullyQualifiedDomainName`); Datadog API, create an API test (`tick_every`);
 * grafana/grafana, grafana_synthetic_monitoring_check (`frequency`, `timeout`, `labels`); Amazon CloudWatch Synthetics API, CreateCanary (`Name`),
 * CanaryScheduleInput (`Expression`), CanaryRunConfigInput (`TimeoutInSeconds`); Amazon CloudWatch User Guide, "Creating a canary" (the shortest
 * timeout that leaves time for a cold start); Amazon S3 User Guide, "General purpose bucket naming rules".
 */
export const limits = {
  /** Fewest regions that Route 53 asks from, where any are named. */
  route53Regions: 3,
  /** Characters of a host name. */
  hostLength: 255,
  /** Characters of a path, in Route 53. */
  pathLength: 255,
  /** Seconds between two runs of a Datadog test. */
  datadogEvery: { least: 30, most: 604_800 },
  /** Seconds between two runs of a check of Grafana. */
  grafanaEvery: { least: 1, most: 3600 },
  /** Seconds between two runs of a canary. */
  canaryEvery: { least: 60, most: 3600 },
  /** Seconds that a run of a canary may take. */
  canaryTimeout: { least: 15, most: 840 },
  /** Characters of a canary's name. */
  canaryNameLength: 255,
  /** Characters of a bucket's name. */
  bucketNameLength: 63,
  /** Seconds that an answer may take: what the least patient of them, Grafana, allows. */
  timeout: { least: 1, most: 10 },
} as const;
