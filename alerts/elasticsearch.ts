import { pack, type Rows } from "./pack";

/**
 * The cluster in which logs and traces are searched. What happens to single events and indices Kibana's own rules say; these are of the
 * cluster itself, which may be in no state to say anything.
 */
export const elasticsearchRows = {
  red: {
    alert: "ElasticsearchClusterRed",
    indicator: "elasticsearch_red",
    dimension: "ratio",
    comparison: ">",
    threshold: "0%",
    for: "5m",
    severity: "SEV-2",
    summary: "The cluster {cluster} is red",
    why: "A primary shard is missing: its events cannot be searched, and new ones for it wait in buffers of four hours. Five minutes outlast a node's restart.",
  },
  diskNearlyFull: {
    alert: "ElasticsearchDiskNearlyFull",
    indicator: "elasticsearch_disk_usage",
    dimension: "ratio",
    comparison: ">",
    threshold: "90%",
    for: "15m",
    severity: "SEV-2",
    summary: "The data disk of {name} is {value} full",
    why: "The catalog leaves a fifth of every disk free. Above 90% Elasticsearch moves shards away, and little above it an index takes no more events.",
  },
  diskFullTomorrow: {
    alert: "ElasticsearchDiskFullWithinADay",
    indicator: "elasticsearch_disk_free_in_24h",
    dimension: "information",
    comparison: "<",
    threshold: "0B",
    guard: "elasticsearch_disk_usage > 60%",
    for: "1h",
    severity: "SEV-3",
    summary: "The data disk of {name} will be full within a day",
    why: "At the pace of the last six hours nothing is left tomorrow; there is a working day to find out what grows.",
  },
  lifecycleStopped: {
    alert: "ElasticsearchLifecycleStopped",
    indicator: "elasticsearch_lifecycle_running",
    dimension: "ratio",
    comparison: "<",
    threshold: "100%",
    recovery: "100%",
    for: "1h",
    severity: "SEV-3",
    summary: "The lifecycles of the cluster are stopped",
    why: "Nothing is rolled over or deleted, and disks fill. Somebody stops them for an upgrade and forgets; an hour is long for one.",
  },
  unseen: {
    alert: "ElasticsearchUnseen",
    absent: "elasticsearch_red",
    for: "10m",
    severity: "SEV-3",
    evaluator: "prometheus",
    summary: "Nobody sees the state of Elasticsearch",
    why: "The exporter is gone or the cluster does not answer it, and every alert above is silent. What cannot be delivered fills Fluentd's buffers, which say so.",
  },
} as const satisfies Rows;

/** Needs `elasticsearchCluster`. */
export const elasticsearchHealth = pack(elasticsearchRows);
