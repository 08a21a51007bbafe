import { differences } from "../../../conformance/compare";
import { expectedOf } from "../../../conformance/contract";
import { parseExposition } from "../../../conformance/exposition";
import { checked } from "../../../model/result";
import type { TelemetryContract } from "../../../model/telemetry";

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

/** The contracts of exporters declare what is read of them, so what else is on their pages is no mistake. */
const mistakes: ReadonlySet<string> = new Set(["missing", "wrong-type", "missing-label"]);

/** What is wrong with contracts, all of it. */
export function problems(
  contracts: readonly { readonly contract: TelemetryContract }[],
  ...pages: readonly string[]
): readonly string[] {
  const expected = expectedOf(contracts.flatMap(({ contract }) => contract.metrics));
  const page = checked(parseExposition(pages.join("\n")));
  const typeless = new Set(page.filter(({ type }) => type === "untyped").map(({ name }) => name));
  return differences(expected, page)
    .filter(({ kind }) => mistakes.has(kind))
    .filter(({ kind, metric }) => !(kind === "missing" && Object.hasOwn(conditional, metric)))
    .filter(({ kind, metric }) => !(kind === "wrong-type" && typeless.has(metric) && untyped.test(metric)))
    .map(({ metric, message }) => `${metric}: ${message}`);
}
