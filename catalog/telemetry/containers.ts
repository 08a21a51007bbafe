import { panel } from "../../model/dashboard";
import { ratio } from "../../model/indicator";
import { upTo } from "../../model/metric";
import { counter, gauge, telemetry } from "../../model/telemetry";

const name = upTo(20, "analytics-backend");

const memory = gauge("container_memory_usage_bytes", {
  help: "Memory of a container, with the page cache that the kernel keeps for it",
  unit: "bytes",
  labels: { name },
});
const memoryLimit = gauge("container_spec_memory_limit_bytes", {
  help: "Memory that a container may use; 0 when it is not limited",
  unit: "bytes",
  labels: { name },
});
const cpu = counter("container_cpu_usage_seconds_total", {
  help: "Processor time that a container used",
  unit: "seconds",
  labels: { name },
});
const periods = counter("container_cpu_cfs_periods_total", {
  help: "Periods of the scheduler in which a container had something to do",
  unit: "events",
  labels: { name },
});
const throttledPeriods = counter("container_cpu_cfs_throttled_periods_total", {
  help: "Periods of the scheduler in which a container was held back at its limit",
  unit: "events",
  labels: { name },
});
const oomEvents = counter("container_oom_events_total", {
  help: "Times that a container ran out of the memory that it may use",
  unit: "events",
  labels: { name },
});
const started = gauge("container_start_time_seconds", {
  help: "When a container started, in seconds since 1970",
  unit: "seconds",
  labels: { name },
});
const received = counter("container_network_receive_bytes_total", {
  help: "Bytes that a container received",
  unit: "bytes",
  labels: { name },
});
const sent = counter("container_network_transmit_bytes_total", {
  help: "Bytes that a container sent",
  unit: "bytes",
  labels: { name },
});

/** cAdvisor also reports the groups of processes around containers, which have no name and contain them all once more. */
const named = { name: { not: "" } } as const;

/** One value per container: a total over limited and unlimited ones would compare all their memory with some of their limits. */
const memoryUsage = ratio(memory.where(named).max(), memoryLimit.where(named).max()).by("name", "instance");

const throttling = ratio(throttledPeriods.where(named).rate("5m"), periods.where(named).rate("5m")).by(
  "name",
  "instance",
);

/**
 * Containers as cAdvisor sees them, with `job` relabelled to the service that runs in them.
 * Source: cAdvisor, "Monitoring cAdvisor with Prometheus", container metrics.
 */
export const containers = telemetry("containers", {
  metrics: { memory, memoryLimit, cpu, periods, throttledPeriods, oomEvents, started, received, sent },
  indicators: {
    container_memory_usage: memoryUsage,
    /** 100% is one whole processor. */
    container_cpu_usage: cpu.where(named).rate("5m").by("name", "instance"),
    container_throttling: throttling,
    container_oom_kills: oomEvents.where(named).increase("10m").by("name", "instance"),
    container_network_received: received.where(named).rate("5m"),
    container_network_sent: sent.where(named).rate("5m"),
  },
  panels: {
    infrastructure: [
      panel("container-cpu", "Processors by container", { "{{name}}": cpu.where(named).rate("5m").by("name") }),
      panel("container-memory", "Memory by container", { "{{name}} at {{instance}}": memoryUsage }),
      panel("container-throttling", "Containers held back at their limit", { "{{name}} at {{instance}}": throttling }),
      panel("container-network", "Network of containers", {
        received: received.where(named).rate("5m"),
        sent: sent.where(named).rate("5m"),
      }),
    ],
  },
});
