import { alert } from "../../model/alert";
import { type Catalog, catalog } from "../../model/catalog";
import type { Condition } from "../../model/condition";
import type { Fault } from "../../model/fault";
import { complement, ratio, startsWith } from "../../model/indicator";
import { oneOf, upTo } from "../../model/metric";
import { ecs } from "../../model/runtime";
import { service } from "../../model/service";
import type { Simulation } from "../../model/simulation";
import { counter, gauge, histogram, telemetry } from "../../model/telemetry";

const requests = counter("requests_total", {
  help: 'Requests; "all" of them, on\ntwo lines',
  unit: "requests",
  labels: { method: oneOf("GET", "POST", "PUT"), status: upTo(30, "200") },
});
const duration = histogram("duration_milliseconds", {
  help: "Time of requests",
  unit: "milliseconds",
  buckets: [10, 100, 1000, 5000],
});
const free = gauge("disk_free_bytes", { help: "Free", unit: "bytes", labels: { mountpoint: upTo(5, "/data") } });
const size = gauge("disk_size_bytes", { help: "All", unit: "bytes", labels: { mountpoint: upTo(5, "/data") } });
const up = gauge("shop_up", { help: "Whether it works", unit: "ratio" });
const elsewhere = gauge("shop_elsewhere", { help: "Datadog's own", unit: "ratio", prometheus: false });

/** A shop: one metric of each type. */
export const shop = telemetry("shop", { metrics: { requests, duration, free, size, up, elsewhere } });

const failed = requests.where({ status: startsWith("5") });

/** Indicators of the shop that alerts are about. */
export const indicators = {
  errors: ratio(failed.rate("5m"), requests.rate("5m")),
  availability: complement(ratio(failed.rate("1h"), requests.rate("1h"))),
  traffic: requests.rate("5m"),
  p95: duration.quantile(0.95, "5m"),
  fast: duration.fraction("100ms", "5m"),
  full: complement(ratio(free.sum(), size.sum()).by("mountpoint")),
  runsOut: free.forecast("4h", { from: "1h" }),
  works: up.min(),
};

/** A catalog of the shop alone, with these alerts. */
export const shopWith = (conditions: readonly Condition[], simulation: Partial<Simulation> = {}): Catalog =>
  catalog({
    organization: "shop",
    environments: {
      prod: {
        account: "1".repeat(12),
        region: "eu-west-1",
        production: true,
        retentionDays: 30,
        grafana: "https://grafana.example.com",
      },
    },
    teams: {
      backend: {
        description: "Sells",
        slack: "#shop",
        email: "shop@example.com",
        onCall: { rotation: ["shop@example.com"], timeZone: "UTC", start: "2026-01-05" },
      },
    },
    services: [
      service("shop", {
        description: "Sells",
        team: "backend",
        tier: 1,
        runtime: ecs({ cluster: "shop", logGroup: "/ecs/shop" }),
        telemetry: [shop],
        alerts: conditions.map((when, index) =>
          alert(`Alert${index}`, {
            when,
            for: "5m",
            severity: "SEV-3",
            summary: "Wrong",
            runbook: "https://runbooks.example.com/wrong",
          }),
        ),
      }),
    ],
    onCall: { support: "support", architecture: "architecture" },
    simulation,
  });

/** A fault of the shop. */
export const shopFault = (effects: Fault["services"][string]["effects"]): Fault => ({
  name: "fault",
  reason: "It breaks.",
  services: { shop: { effects, expects: [] } },
  file: "",
});
