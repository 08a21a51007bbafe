import { panel } from "../../model/dashboard";
import { complement, ratio } from "../../model/indicator";
import { oneOf, upTo } from "../../model/metric";
import { gauge, telemetry } from "../../model/telemetry";

const cluster = upTo(1, "logs");
const yesOrNo = oneOf("true", "false");
const ofDisk = {
  cluster,
  host: upTo(20, "10.0.0.7"),
  name: upTo(20, "data-1"),
  es_master_node: yesOrNo,
  es_data_node: yesOrNo,
  es_ingest_node: yesOrNo,
  es_client_node: yesOrNo,
  mount: upTo(2, "/usr/share/elasticsearch/data (/dev/nvme1n1)"),
  path: upTo(2, "/usr/share/elasticsearch/data"),
};
/** A node has one data disk. */
const disks = 20;

const status = gauge("elasticsearch_cluster_health_status", {
  help: "Whether the cluster is of a colour: 1, else 0",
  unit: "ratio",
  labels: { cluster, color: oneOf("green", "yellow", "red") },
});
const unassigned = gauge("elasticsearch_cluster_health_unassigned_shards", {
  help: "Shards that are on no node",
  unit: "events",
  labels: { cluster },
});
const available = gauge("elasticsearch_filesystem_data_available_bytes", {
  help: "Space left on the disk of a node's data",
  unit: "bytes",
  labels: ofDisk,
  series: disks,
});
const size = gauge("elasticsearch_filesystem_data_size_bytes", {
  help: "Size of the disk of a node's data",
  unit: "bytes",
  labels: ofDisk,
  series: disks,
});
const lifecycles = gauge("elasticsearch_ilm_status", {
  help: "Whether lifecycles are in a mode: 1, else 0",
  unit: "ratio",
  labels: { operation_mode: oneOf("RUNNING", "STOPPING", "STOPPED") },
});

const usage = complement(ratio(available.min(), size.min())).by("name");
const free = available.min().by("name");

/**
 * A cluster of Elasticsearch, by the exporter of the Prometheus community with `--es.all` and `--collector.ilm`.
 * Source: elasticsearch_exporter 1.9, README, "Metrics", and its tests (`cluster_health_test.go`, `nodes_test.go`, `ilm_test.go`), which
 * have every name with its labels.
 */
export const elasticsearchCluster = telemetry("elasticsearch-cluster", {
  metrics: { status, unassigned, available, size, lifecycles },
  indicators: {
    elasticsearch_red: status.where({ color: "red" }).max().by("cluster"),
    elasticsearch_disk_usage: usage,
    elasticsearch_disk_free_in_24h: available.forecast("1d", { from: "6h" }).by("name"),
    elasticsearch_lifecycle_running: lifecycles.where({ operation_mode: "RUNNING" }).min(),
  },
  panels: {
    overview: [panel("elasticsearch-status", "Elasticsearch is", { "{{color}}": status.max().by("color") })],
    errors: [panel("elasticsearch-unassigned", "Shards on no node", { shards: unassigned.max() })],
    infrastructure: [
      panel("elasticsearch-disks", "Data disks of Elasticsearch", { "{{name}}": usage }),
      panel("elasticsearch-free", "Space left for Elasticsearch", { "{{name}}": free }),
    ],
  },
});
