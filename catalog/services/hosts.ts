import { hostHealth } from "../../alerts/hosts";
import { targetsMissing, targetsUnreachable } from "../../alerts/reachability";
import { resources } from "../../alerts/resources";
import { hosts as ec2Hosts } from "../../model/runtime";
import { service } from "../../model/service";
import { diskErrors, outOfMemoryKills } from "../queries/hosts";
import { hostCompute } from "../telemetry/host-compute";
import { hostDisks } from "../telemetry/host-disks";
import { hostNetwork } from "../telemetry/host-network";
import { hostSystem } from "../telemetry/host-system";
import { reachability } from "../telemetry/reachability";

/** The EC2 instances that containers run on, each with a node exporter. */
export const hosts = service("hosts", {
  description: "The EC2 instances that everything runs on",
  team: "platform",
  tier: 2,
  runtime: ec2Hosts({ logGroup: "/ec2/hosts" }),
  telemetry: [hostCompute, hostDisks, hostNetwork, hostSystem, reachability],
  alerts: [
    resources({ cpu: { threshold: { default: "80%", staging: "90%", dev: "95%" } } }),
    hostHealth(),
    // Every host counts: containers do not move by themselves from one that is lost.
    targetsUnreachable({
      threshold: "100%",
      recovery: "100%",
      severity: "SEV-2",
      summary: "Only {value} of the hosts answer",
      why: "A host that does not answer takes its containers with it; five minutes outlast a reboot.",
    }),
    // The exporters, which are asked twice a minute: without them nobody sees the hosts, which may well be up.
    targetsMissing({ severity: "SEV-2", exporter: true }),
  ],
  queries: [outOfMemoryKills, diskErrors],
});
