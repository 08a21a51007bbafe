import { panel } from "../../model/dashboard";
import { complement, ratio } from "../../model/indicator";
import { oneOf, upTo } from "../../model/metric";
import { counter, gauge, telemetry } from "../../model/telemetry";

const cpu = counter("node_cpu_seconds_total", {
  help: "Time that a processor spent in a mode",
  unit: "seconds",
  labels: {
    cpu: upTo(128, "0"),
    mode: oneOf("idle", "iowait", "irq", "nice", "softirq", "steal", "system", "user"),
  },
});
const load1 = gauge("node_load1", { help: "Processes that run or wait, averaged over 1 minute", unit: "processes" });
const load5 = gauge("node_load5", { help: "Processes that run or wait, averaged over 5 minutes", unit: "processes" });
const load15 = gauge("node_load15", {
  help: "Processes that run or wait, averaged over 15 minutes",
  unit: "processes",
});
const contextSwitches = counter("node_context_switches_total", { help: "Switches between processes", unit: "events" });
const memoryTotal = gauge("node_memory_MemTotal_bytes", { help: "Memory of the host", unit: "bytes" });
const memoryAvailable = gauge("node_memory_MemAvailable_bytes", {
  help: "Memory that a new process could have without swapping, caches that can be dropped included",
  unit: "bytes",
});
const swapTotal = gauge("node_memory_SwapTotal_bytes", { help: "Size of the swap space", unit: "bytes" });
const swapFree = gauge("node_memory_SwapFree_bytes", { help: "Swap space that is not in use", unit: "bytes" });

const cpuUsage = complement(cpu.where({ mode: "idle" }).rate("5m", "avg")).by("instance");
const memoryUsage = complement(ratio(memoryAvailable.sum(), memoryTotal.sum())).by("instance");
const swapUsage = complement(ratio(swapFree.sum(), swapTotal.sum())).by("instance");

/**
 * Processors and memory of hosts, by the node exporter.
 * Source: node_exporter, collectors `cpu`, `loadavg`, `stat` and `meminfo`.
 */
export const hostCompute = telemetry("host-compute", {
  metrics: { cpu, load1, load5, load15, contextSwitches, memoryTotal, memoryAvailable, swapTotal, swapFree },
  indicators: {
    cpu_usage: cpuUsage,
    load_average: load5.max().by("instance"),
    context_switches: contextSwitches.rate("5m").by("instance"),
    memory_usage: memoryUsage,
    memory_available: memoryAvailable.min().by("instance"),
    swap_usage: swapUsage,
  },
  panels: {
    overview: [
      panel("cpu", "Processors", { "{{instance}}": cpuUsage }),
      panel("memory", "Memory", { "{{instance}}": memoryUsage }),
    ],
    performance: [
      panel("load", "Load average", {
        "1 minute, {{instance}}": load1.max().by("instance"),
        "5 minutes, {{instance}}": load5.max().by("instance"),
        "15 minutes, {{instance}}": load15.max().by("instance"),
      }),
      panel("context-switches", "Context switches", { "{{instance}}": contextSwitches.rate("5m").by("instance") }),
    ],
    infrastructure: [
      panel("cpu-modes", "Processors by mode", { "{{mode}}": cpu.rate("5m").by("mode") }),
      panel("memory-available", "Memory available", { "{{instance}}": memoryAvailable.min().by("instance") }),
      panel("swap", "Swap in use", { "{{instance}}": swapUsage }),
    ],
  },
});
