import { levelOf, paceOf, type Simulation } from "../model/simulation";
import { faults } from "./faults";
import { hostCompute } from "./telemetry/host-compute";
import { hostDisks } from "./telemetry/host-disks";
import { postgresPool } from "./telemetry/postgres-pool";
import { postgresServer } from "./telemetry/postgres-server";

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
    levelOf(connections.where({ state: "idle" }), "15", "a pool of twenty keeps a quarter of itself busy"),
    levelOf(connections.where({ state: "active" }), "5", "a pool of twenty keeps a quarter of itself busy"),
    levelOf(connections.where({ state: "total" }), "20", "the pool's own limit"),
    levelOf(postgresServer.maxConnections, "200", "as the instance's parameter group has it"),
  ],
  labels: {
    endpoint: ["/orders", "/payments"],
    workspace_id: ["ws-42", "ws-77"],
    datname: ["app", "analytics"],
  },
  faults,
};
