import { drifts, type Fault, fault, paces, scales, sets, undiscovered, unreachable, vanishes } from "../../model/fault";
import { elasticsearchCluster } from "../telemetry/elasticsearch-cluster";
import { fluentBit } from "../telemetry/fluent-bit";
import { fluentd } from "../telemetry/fluentd";

const { available, failures, emitted } = fluentd();
const elasticsearch = { plugin_id: "elasticsearch", type: "elasticsearch" } as const;

/** What goes wrong on the way of log events. */
export const loggingFaults: readonly Fault[] = [
  fault("log-output-away", {
    reason: "Elasticsearch is being restored, and Fluentd keeps what it does not take.",
    services: {
      logging: {
        effects: [
          paces(failures.where(elasticsearch), "2 per minute"),
          drifts(available.where(elasticsearch), "30%", "1h"),
        ],
        expects: ["FluentdDeliveryFails", "FluentdBufferFullInHours"],
      },
    },
  }),
  fault("log-buffer-full", {
    reason: "An output was away for longer than its buffer lasts.",
    services: {
      logging: {
        effects: [sets(available.where(elasticsearch), "2%")],
        expects: ["FluentdBufferNearlyFull", "FluentdBufferFullInHours"],
      },
    },
  }),
  fault("log-events-refused", {
    reason: "A release logs a number where the mapping has a date, and Elasticsearch refuses its events.",
    services: {
      logging: {
        effects: [paces(emitted.where({ plugin_id: "errors", type: "file" }), "5 per second")],
        expects: ["FluentdEventsPutAside"],
      },
    },
  }),
  fault("fluent-bit-cut-off", {
    reason: "A security group keeps the tasks of one service from Fluentd, until their disks are full.",
    services: {
      logging: {
        effects: [scales(fluentBit.sent, 0), paces(fluentBit.dropped, "20 per second")],
        expects: ["FluentBitFallsBehind", "FluentBitDropsEvents"],
      },
    },
  }),
  fault("elasticsearch-red", {
    reason: "Two nodes of the cluster are lost with both copies of a shard, and those that are left are full.",
    services: {
      logging: {
        effects: [
          sets(elasticsearchCluster.status.where({ color: "red" }), "100%"),
          sets(elasticsearchCluster.available, "5GB"),
        ],
        expects: ["ElasticsearchClusterRed", "ElasticsearchDiskNearlyFull"],
      },
    },
  }),
  fault("elasticsearch-lifecycles-stopped", {
    reason: "Lifecycles were stopped for an upgrade, and nobody started them again.",
    services: {
      logging: {
        effects: [sets(elasticsearchCluster.lifecycles.where({ operation_mode: "RUNNING" }), "0%")],
        expects: ["ElasticsearchLifecycleStopped"],
      },
    },
  }),
  fault("elasticsearch-unseen", {
    reason: "The password of the exporter was changed.",
    services: { logging: { effects: [vanishes(elasticsearchCluster.status)], expects: ["ElasticsearchUnseen"] } },
  }),
  fault("logging-unreachable", {
    reason: "The network between Prometheus and what carries logs is cut, with the exporter of Elasticsearch.",
    services: { logging: { effects: [unreachable], expects: ["TargetsUnreachable", "ElasticsearchUnseen"] } },
  }),
  fault("logging-undiscovered", {
    reason: "A deployment of Fluentd and of the exporter of Elasticsearch never came up.",
    services: { logging: { effects: [undiscovered], expects: ["TargetsMissing", "ElasticsearchUnseen"] } },
  }),
];
