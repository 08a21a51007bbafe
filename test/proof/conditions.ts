import fc from "fast-check";
import { and, type Condition, unless } from "../../model/condition";
import { type DefiniteCondition, type LogicalCondition, labelsOfCondition } from "../../model/definite-condition";
import { environment } from "../../model/environment";
import { complement, type Indicator, ratio, startsWith } from "../../model/indicator";
import { oneOf, upTo } from "../../model/metric";
import { resolveCondition } from "../../model/resolve-condition";
import { counter, gauge, histogram, telemetry } from "../../model/telemetry";
import { exampleService } from "../support/example";

const requests = counter("http_requests_total", {
  help: "Requests",
  unit: "requests",
  labels: { status: upTo(60, "200"), method: oneOf("GET", "POST") },
});
const busy = counter("busy_seconds_total", {
  help: "Time at work",
  unit: "seconds",
  labels: { mode: oneOf("user", "idle") },
});
const sent = counter("sent_bytes_total", { help: "Bytes sent", unit: "bytes" });
const duration = histogram("request_duration_milliseconds", {
  help: "Time of requests",
  unit: "milliseconds",
  buckets: [5, 10, 50, 100, 500, 1000],
  labels: { status: upTo(60, "200") },
});
const disk = gauge("disk_free_bytes", { help: "Free", unit: "bytes", labels: { mount: upTo(9, "/data") } });
const size = gauge("disk_size_bytes", { help: "Size", unit: "bytes", labels: { mount: upTo(9, "/data") } });
const load = gauge("load_percent", { help: "Load", unit: "percent", labels: { mount: upTo(9, "/data") } });
const age = gauge("data_age_seconds", { help: "Age of the data", unit: "seconds" });

/** Metrics of every type and of units that convert. */
export const emitted = telemetry("emitted", {
  metrics: { requests, busy, sent, duration, disk, size, load, age },
});

const service = exampleService({ telemetry: [emitted] });
const prod = environment("prod", {
  account: "1".repeat(12),
  region: "eu-west-1",
  retentionDays: 7,
  grafana: "https://g.example",
});

/** A condition made definite for the service `shop`. */
export function definite(condition: Condition): DefiniteCondition {
  const resolved = resolveCondition(condition, service, prod);
  if (!resolved.ok) throw new Error(resolved.error);
  return resolved.value;
}

const window = fc.constantFrom("5m" as const, "10m" as const, "30m" as const);
const failed = requests.where({ status: startsWith("5") });

type Made = { readonly indicator: Indicator; readonly thresholds: readonly string[] };
const made = (indicator: Indicator, ...thresholds: string[]): Made => ({ indicator, thresholds });

const indicators = (by: readonly ("mount" | "instance")[]): fc.Arbitrary<Made> =>
  by.length > 0
    ? fc.constantFrom(
        made(load.max().by(...by), "40%", "80%"),
        made(disk.min().by(...by), "1GB", "5GB"),
        made(complement(ratio(disk.sum(), size.sum())).by(...by), "20%", "85%"),
        made(disk.forecast("4h", { from: "1h" }).by(...by), "1GB"),
      )
    : window.chain((over) =>
        fc.constantFrom(
          made(requests.rate(over), "3 per second", "600 per minute"),
          made(requests.rate(over, "max"), "3 per second"),
          made(requests.where({ method: { not: "GET" } }).increase(over), "50", "4000"),
          made(ratio(failed.rate(over), requests.rate(over)), "1%", "30%"),
          made(complement(ratio(failed.rate(over), requests.rate(over))), "99.9%", "70%"),
          made(busy.where({ mode: { oneOf: ["user", "system"] } }).rate(over), "60%"),
          made(sent.rate(over), "1KB per second"),
          made(duration.quantile(0.95, over), "20ms", "800ms"),
          made(duration.quantile(0.5, over), "70ms", "5ms"),
          made(duration.where({ status: startsWith("2") }).fraction("100ms", over), "95%"),
          made(duration.rate(over), "5 per second"),
          made(load.avg(), "50%"),
          made(age.max(), "15min"),
          made(disk.forecast("2h", { from: "30m", aggregation: "max" }), "2GB"),
        ),
      );

/** A condition over one indicator, in any of the four comparisons. */
const compared = (by: readonly ("mount" | "instance")[]): fc.Arbitrary<DefiniteCondition> =>
  indicators(by).chain(({ indicator, thresholds }) =>
    fc
      .record({
        comparison: fc.constantFrom(">" as const, ">=" as const, "<" as const, "<=" as const),
        threshold: fc.constantFrom(...thresholds),
      })
      .map(({ comparison, threshold }) =>
        definite({ kind: "compare", expression: indicator.expression, comparison, threshold: text(threshold) }),
      ),
  );

/** A threshold as the catalog's types have it. */
const text = (threshold: string): `${number}%` => {
  const isText = (value: string): value is `${number}%` => value !== "";
  if (!isText(threshold)) throw new Error("no threshold");
  return threshold;
};

const objective = (target: `${number}%`) => ({
  name: "availability",
  sli: { kind: "events" as const, bad: failed.selection, total: requests.selection },
  target,
  window: "30d" as const,
});

const others: fc.Arbitrary<DefiniteCondition> = fc.constantFrom(
  definite(load.max().by("mount").outside("20%", "90%")),
  definite(age.min().outside("1min", "1h")),
  definite({ kind: "absent", of: disk.where({ mount: "/data" }).selection }),
  definite({ kind: "absent", of: duration.selection }),
  // As the mixins have it: nearly full, and full within a day.
  definite(
    and(
      ratio(disk.sum(), size.sum()).by("mount").below("40%"),
      disk.forecast("1d", { from: "6h" }).by("mount").below("0B"),
    ),
  ),
  // An anomaly of what there is enough of.
  definite(
    and(
      requests.rate("5m").deviates({ deviations: 3, direction: "above", baseline: "1d" }),
      requests.rate("1h").above("1 per second"),
    ),
  ),
  definite(unless(disk.min().by("mount").below("9GB"), disk.min().by("mount").below("3GB"))),
  definite({ kind: "burn-rate", objective: objective("99.9%"), factor: "14.4", long: "1h", short: "5m" }),
  definite({ kind: "burn-rate", objective: objective("99%"), factor: "6", long: "2h", short: "10m" }),
  definite(load.max().deviates({ deviations: 3, direction: "above", baseline: "6h" })),
  definite(age.avg().deviates({ deviations: 2, baseline: "12h" })),
  definite(requests.rate("5m").deviates({ deviations: 3, direction: "below", baseline: "1d" })),
  definite({
    kind: "compare",
    expression: { kind: "time-share", of: age.max().expression, comparison: ">", bound: "15min", window: "1h" },
    comparison: ">",
    threshold: "20%",
  }),
);

const joined = (left: DefiniteCondition, right: DefiniteCondition): fc.Arbitrary<DefiniteCondition> =>
  fc
    .constantFrom("and" as const, "or" as const, "unless" as const)
    .map((kind): LogicalCondition => ({ kind, left, right }))
    .filter(
      (condition) =>
        condition.kind !== "or" || JSON.stringify(labelsOfCondition(left)) === JSON.stringify(labelsOfCondition(right)),
    );

/** Any condition that is no composite. */
export const simple: fc.Arbitrary<DefiniteCondition> = fc.oneof(
  { weight: 3, arbitrary: compared([]) },
  { weight: 2, arbitrary: compared(["mount"]) },
  { weight: 1, arbitrary: compared(["mount", "instance"]) },
  { weight: 3, arbitrary: others },
);

/** Two of them joined, each by the same labels or the right one without. */
export const composite: fc.Arbitrary<DefiniteCondition> = fc
  .constantFrom<readonly ("mount" | "instance")[]>([], ["mount"])
  .chain((by) => fc.tuple(compared(by), fc.oneof(compared(by), compared([]))))
  .chain(([left, right]) => joined(left, right));
