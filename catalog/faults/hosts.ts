import { drifts, type Fault, fault, paces, sets, undiscovered, unreachable, vanishes } from "../../model/fault";
import { hostCompute } from "../telemetry/host-compute";
import { hostDisks } from "../telemetry/host-disks";
import { hostNetwork } from "../telemetry/host-network";
import { hostSystem } from "../telemetry/host-system";

const agent = hostSystem.unitState.where({ name: "amazon-cloudwatch-agent.service" });

/** What goes wrong with hosts. */
export const hostFaults: readonly Fault[] = [
  fault("host-busy", {
    reason: "A build runs where it should not.",
    services: {
      hosts: {
        effects: [paces(hostCompute.cpu.where({ mode: "idle" }), "5%"), sets(hostCompute.load15, "12")],
        expects: ["HighCPUUsage", "HostLoadHigh"],
      },
    },
  }),
  fault("host-memory-short", {
    reason: "A process takes all memory that there is, and the kernel kills others.",
    services: {
      hosts: {
        effects: [
          sets(hostCompute.memoryAvailable, "1GB"),
          sets(hostCompute.swapFree, "0.1GB"),
          paces(hostSystem.oomKills, "1 per minute"),
        ],
        expects: ["HighMemoryUsage", "HostSwapHigh", "HostOutOfMemoryKill"],
      },
    },
  }),
  fault("host-disk-fills", {
    reason: "A log that nobody rotates takes forty gigabytes in an hour.",
    services: { hosts: { effects: [drifts(hostDisks.available, "20GB", "1h")], expects: ["DiskFullInHours"] } },
  }),
  fault("host-disk-full", {
    reason: "An image of fifty-five gigabytes was unpacked on the root volume.",
    services: {
      hosts: { effects: [sets(hostDisks.available, "5GB")], expects: ["HighDiskUsage", "DiskFullInHours"] },
    },
  }),
  fault("host-disk-broken", {
    reason: "A disk fails: everybody waits for it, and then it is read-only.",
    services: {
      hosts: {
        effects: [paces(hostSystem.ioWaiting, "90%"), sets(hostDisks.readOnly, "100%")],
        expects: ["HostDiskSaturated", "FilesystemReadOnly"],
      },
    },
  }),
  fault("host-inodes-short", {
    reason: "A cache writes millions of small files.",
    services: { hosts: { effects: [sets(hostDisks.filesFree, "1")], expects: ["HostInodesLow"] } },
  }),
  fault("host-network-faulty", {
    reason: "A cable is loose.",
    services: {
      hosts: {
        effects: [paces(hostNetwork.receiveErrors, "2 per second"), paces(hostNetwork.sendErrors, "2 per second")],
        expects: ["HostNetworkReceiveErrors", "HostNetworkSendErrors"],
      },
    },
  }),
  fault("host-clock-wrong", {
    reason: "The time server is gone, and the clock drifts.",
    services: {
      hosts: {
        effects: [sets(hostSystem.clockOffset, "2s"), sets(hostSystem.clockSync, "0%")],
        expects: ["HostClockSkew", "HostClockNotSynchronised"],
      },
    },
  }),
  fault("host-collector-fails", {
    reason: "A kernel upgrade moved what a collector reads.",
    services: { hosts: { effects: [sets(hostSystem.collectorSuccess, "0%")], expects: ["HostCollectorFailing"] } },
  }),
  fault("cloudwatch-agent-stops", {
    reason: "The agent that ships logs crashed.",
    services: { hosts: { effects: [sets(agent.where({ state: "active" }), "0%")], expects: ["CloudWatchAgentDown"] } },
  }),
  fault("cloudwatch-agent-not-installed", {
    reason: "A new image came without the agent.",
    services: { hosts: { effects: [vanishes(agent)], expects: ["CloudWatchAgentMissing"] } },
  }),
  fault("host-unreachable", {
    reason: "A host does not answer any more.",
    services: {
      hosts: { effects: [unreachable], expects: ["TargetsUnreachable", "CloudWatchAgentMissing"] },
    },
  }),
  fault("hosts-undiscovered", {
    reason: "The role that lists hosts lost its rights.",
    services: { hosts: { effects: [undiscovered], expects: ["TargetsMissing", "CloudWatchAgentMissing"] } },
  }),
];
