import { levelOf, observationsOf, paceOf, type Simulation, timeOf } from "../model/simulation";
import { faults } from "./faults/faults";
import { celeryTasks } from "./telemetry/celery-tasks";
import { containers } from "./telemetry/containers";
import { elasticsearchCluster } from "./telemetry/elasticsearch-cluster";
import { hostCompute } from "./telemetry/host-compute";
import { hostDisks } from "./telemetry/host-disks";
import { hostSystem } from "./telemetry/host-system";
import { httpEndpoint } from "./telemetry/http-endpoint";
import { postgresPool } from "./telemetry/postgres-pool";
import { postgresServer } from "./telemetry/postgres-server";
import { prometheusServer } from "./telemetry/prometheus-server";
import { redisServer } from "./telemetry/redis-server";

const { connections } = postgresPool();

/**
 * What the alerts do not say of a healthy estate, for `./estate simulate` and its tests. Everything else is derived: each metric is
 * on the good side of every threshold that reads it.
 */
export const simulation: Simulation = {
  healthy: [
    levelOf(hostCompute.memoryTotal, "16GB", "an m5.xlarge, as most hosts are"),
    levelOf(hostCompute.memoryAvailable, "9GB", "more than half is free outside of a report's hour"),
    levelOf(hostCompute.swapTotal, "2GB", "the size that the hosts' image sets up"),
    levelOf(hostCompute.swapFree, "2GB", "a healthy host does not swap"),
    levelOf(hostDisks.size, "100GB", "the size of the hosts' root volume"),
    levelOf(hostDisks.available, "60GB", "logs and images take two fifths of it"),
    paceOf(hostCompute.cpu.where({ mode: "idle" }), "70%", "hosts are sized for the evening's peak"),
    levelOf(hostCompute.load1, "0.7", "two thirds of a processor have something to do"),
    levelOf(hostCompute.load5, "0.7", "two thirds of a processor have something to do"),
    levelOf(hostCompute.load15, "0.7", "two thirds of a processor have something to do; its alert is in PromQL"),
    levelOf(hostDisks.files, "6000000", "what the filesystem is made with"),
    levelOf(hostDisks.filesFree, "5000000", "few files are small"),
    levelOf(hostSystem.clockOffset, "1ms", "the time server is a millisecond away"),
    levelOf(hostSystem.unitState, "0%", "a unit is in one state, and in none of the others"),
    levelOf(hostSystem.unitState.where({ state: "active" }), "100%", "every unit that is watched runs"),
    levelOf(connections.where({ state: "idle" }), "15", "a pool of twenty keeps a quarter of itself busy"),
    levelOf(connections.where({ state: "active" }), "5", "a pool of twenty keeps a quarter of itself busy"),
    levelOf(connections.where({ state: "total" }), "20", "the pool's own limit"),
    levelOf(postgresServer.maxConnections, "200", "as the instance's parameter group has it"),
    levelOf(redisServer.memoryMax, "100MB", "as the cluster's parameter group has it"),
    paceOf(redisServer.hits, "100 per second", "the cache is read for every page"),
    paceOf(redisServer.misses, "5 per second", "one page in twenty is new"),
    paceOf(redisServer.evicted, "0 per second", "keys expire before memory ends"),
    levelOf(redisServer.replicas, "1", "one replica in the other zone"),
    levelOf(redisServer.maxClients, "10000", "the server's default"),
    observationsOf(celeryTasks.runtime, { pace: "2 per second", typical: "800ms" }, "a task sends a mail or two"),
    timeOf(containers.started, { ago: "3d" }, "what was deployed on Monday runs on Thursday; its alert is in PromQL"),
    levelOf(elasticsearchCluster.status, "0%", "the cluster is of one colour, and of neither of the others"),
    levelOf(elasticsearchCluster.status.where({ color: "green" }), "100%", "every shard has its copies"),
    levelOf(elasticsearchCluster.size, "100GB", "the size of a node's volume, here a small one"),
    levelOf(elasticsearchCluster.available, "60GB", "lifecycles delete as much as comes in"),
    levelOf(httpEndpoint.status, "200", "pages are found; a range of codes has no middle that is one"),
    timeOf(httpEndpoint.certificateExpiry, { ahead: "60d" }, "renewed a month ago; its alerts are in PromQL"),
    levelOf(prometheusServer.alertmanagers, "2", "one in each zone"),
    timeOf(prometheusServer.newestSample, { ago: "5s" }, "samples come in all the time; its alert is in PromQL"),
    timeOf(prometheusServer.newestSent, { ago: "10s" }, "samples go out all the time; its alert is in PromQL"),
  ],
  labels: {
    endpoint: ["/orders", "/payments"],
    workspace_id: ["ws-42", "ws-77"],
    datname: ["app", "analytics"],
  },
  faults,
};
