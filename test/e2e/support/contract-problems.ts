import type { MetricDefinition } from "../../../model/metric";
import type { TelemetryContract } from "../../../model/telemetry";
import { exposedOn } from "./exposition";

/** Metrics that a page has under conditions only, and which. */
const conditional: Readonly<Record<string, string>> = {
  node_systemd_unit_state: "the systemd collector is off by default, and needs systemd to run",
  node_pressure_io_waiting_seconds_total: "the kernel is built and booted with pressure stall information",
  node_timex_offset_seconds: "the machine lets a process ask for the state of its clock",
  node_timex_sync_status: "the machine lets a process ask for the state of its clock",
  pg_stat_bgwriter_checkpoints_req_total: "the server is older than PostgreSQL 17",
  pg_stat_bgwriter_checkpoints_timed_total: "the server is older than PostgreSQL 17",
};

/** Counters of the kernel that the node exporter passes on without saying what they are. */
const untyped = /^node_(netstat|vmstat)_/;

/** What is wrong with a declared metric, beside the pages that should have it. */
function problemsOf(metric: MetricDefinition, pages: readonly string[]): readonly string[] {
  const exposed = exposedOn(...pages).get(metric.name);
  if (exposed === undefined) return conditional[metric.name] === undefined ? ["is on no page"] : [];
  const missing = Object.keys(metric.labels).filter((label) => exposed.samples > 0 && !exposed.labels.has(label));
  const alike = exposed.type === metric.type || (exposed.type === "untyped" && untyped.test(metric.name));
  return [
    ...(alike ? [] : [`is a ${exposed.type}, not a ${metric.type}`]),
    ...missing.map((label) => `has no label ${label}`),
  ];
}

/** What is wrong with contracts, all of it. */
export const problems = (
  contracts: readonly { readonly contract: TelemetryContract }[],
  ...pages: readonly string[]
): readonly string[] =>
  contracts.flatMap(({ contract }) =>
    contract.metrics.flatMap((metric) => problemsOf(metric, pages).map((problem) => `${metric.name} ${problem}`)),
  );
