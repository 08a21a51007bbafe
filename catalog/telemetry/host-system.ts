import { panel } from "../../model/dashboard";
import { oneOf, upTo } from "../../model/metric";
import { counter, gauge, telemetry } from "../../model/telemetry";

const oomKills = counter("node_vmstat_oom_kill", {
  help: "Processes that the kernel killed for want of memory",
  unit: "processes",
});
const ioWaiting = counter("node_pressure_io_waiting_seconds_total", {
  help: "Time in which at least one process waited for a disk",
  unit: "seconds",
});
const clockOffset = gauge("node_timex_offset_seconds", {
  help: "How far the clock is from the one that it is set by",
  unit: "seconds",
});
const clockSync = gauge("node_timex_sync_status", {
  help: "Whether something sets the clock: 1, else 0",
  unit: "ratio",
});
const collectorSuccess = gauge("node_scrape_collector_success", {
  help: "Whether a collector of the exporter could read what it should: 1, else 0",
  unit: "ratio",
  labels: { collector: upTo(60, "cpu") },
});
const unitState = gauge("node_systemd_unit_state", {
  help: "Whether a systemd unit is in a state: 1, else 0",
  unit: "ratio",
  labels: {
    name: upTo(20, "amazon-cloudwatch-agent.service"),
    state: oneOf("active", "activating", "deactivating", "failed", "inactive"),
    type: upTo(10, "simple"),
  },
  // A unit has one type.
  series: 20 * 5,
});

/**
 * The collectors that alerts on hosts read from. Others fail on every host that lacks what they look for, be it InfiniBand or ZFS:
 * the exporter does not tell "there is none" from "it cannot be read".
 */
const watchedCollectors = collectorSuccess.where({
  collector: {
    oneOf: ["cpu", "diskstats", "filesystem", "loadavg", "meminfo", "netdev", "netstat", "stat", "timex", "vmstat"],
  },
});

/** The unit that Amazon's package installs. Source: CloudWatch user guide, "Troubleshooting the CloudWatch agent". */
const cloudwatchAgent = unitState.where({ name: "amazon-cloudwatch-agent.service", state: "active" });

/**
 * The kernel, the clock and the agents of hosts, by the node exporter. Its systemd collector is turned on (`--collector.systemd`) and
 * kept to the units of agents (`--collector.systemd.unit-include`); pressure needs a kernel of 4.20 or newer.
 * Source: node_exporter, collectors `vmstat`, `pressure`, `timex` and `systemd`.
 */
export const hostSystem = telemetry("host-system", {
  metrics: { oomKills, ioWaiting, clockOffset, clockSync, collectorSuccess, unitState },
  indicators: {
    oom_kills: oomKills.increase("10m").by("instance"),
    /** Share of the time in which somebody waited for a disk. */
    io_pressure: ioWaiting.rate("5m", "max").by("instance"),
    clock_offset: clockOffset.max().by("instance"),
    clock_synchronised: clockSync.min().by("instance"),
    collector_success: watchedCollectors.min().by("instance", "collector"),
    cloudwatch_agent_running: cloudwatchAgent.max().by("instance"),
  },
  panels: {
    errors: [
      panel("oom-kills", "Processes killed for want of memory", {
        "{{instance}}": oomKills.increase("10m").by("instance"),
      }),
    ],
    performance: [
      panel("io-pressure", "Waiting for disks", { "{{instance}}": ioWaiting.rate("5m", "max").by("instance") }),
    ],
    infrastructure: [panel("clock-offset", "Clocks", { "{{instance}}": clockOffset.max().by("instance") })],
  },
});
