import { randomUUID } from "node:crypto";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "@jest/globals";
import estateCatalog from "../../../catalog/catalog";
import { capacityTable } from "../../../constructs/cloudwatch/capacity-table";
import { compression, deliveryLoad, firehoseMiBPerSecond, logLoad } from "../../../constructs/cloudwatch/log-capacity";
import { estateOf } from "../../../model/estate";

function estate(name: string) {
  const environment = estateCatalog.environments.find((candidate) => candidate.name === name);
  if (environment === undefined) throw new Error(`no environment ${name}`);
  return estateOf(estateCatalog, environment);
}

describe("what logs come to", () => {
  test("of one service: its peak, each event with 26 bytes more, and what its log group keeps", () => {
    const analytics = estate("prod").services.find(({ service }) => service.name === "analytics-backend");
    if (analytics === undefined) throw new Error("no analytics-backend");
    expect(logLoad(analytics)).toEqual({
      service: "analytics-backend",
      peak: { events: 10_000, bytes: 6_260_000 },
      bytesPerDay: 540_864_000_000,
      storedBytes: 43_269_120_000_000,
    });
  });

  test("production's delivery exceeds what its region gives by itself, and not what was granted", () => {
    const load = deliveryLoad(estate("prod"));
    if (load === undefined) throw new Error("no archive");
    const others = estateCatalog.services.length - 1;
    expect(load.mebibytesPerSecond).toBeCloseTo(((10_000 + others * 50) * 626) / 5 / 1_048_576, 6);
    expect(load.mebibytesPerSecond).toBeGreaterThan(firehoseMiBPerSecond("eu-central-1"));
    expect(load.mebibytesPerSecond).toBeLessThan(load.quotaMiBPerSecond);
    expect(deliveryLoad(estate("dev"))).toBeUndefined();
  });
});

test("the table adds up, and says what the archive takes and keeps", () => {
  const lines = capacityTable(estate("staging")).split("\n");
  expect(lines).toContain("| analytics-backend | 2000 | 1.3 | 108.2 | 649.0 |");
  expect(lines).toContain("| all | 2450 | 1.5 | 132.5 | 795.1 |");
  expect(lines).toContain("The archive's stream takes 0.29 of 5 MiB/s; the archive keeps 4 770.4 GB.");
  expect(capacityTable(estate("dev"))).toContain("No archive.");
});

test("gzip makes less of events than is reckoned with, also when each has identifiers and a path of its own", () => {
  const events = Array.from({ length: 500 }, (_, index) => ({
    timestamp: new Date(1_767_600_000_000 + index * 37).toISOString(),
    level: index % 50 === 0 ? "ERROR" : "INFO",
    name: "backend.middleware.logging_middleware",
    service: "analytics-backend",
    environment: "prod",
    version: "1.42.0",
    message: index % 2 === 0 ? "Request started" : "Request completed",
    hostname: `ip-10-0-${index % 12}-17.eu-central-1.compute.internal`,
    request_id: randomUUID(),
    trace_id: randomUUID().replaceAll("-", ""),
    user_id: `user-${(index * 7919) % 5000}`,
    workspace_id: `workspace-${(index * 31) % 400}`,
    method: "GET",
    path: `/api/v1/reports/${(index * 104_729) % 90_000}`,
    user_agent: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36",
    status_code: 200,
    duration_ms: (index * 17) % 900,
  }));
  const lines = JSON.stringify({
    logGroup: "/ecs/analytics-backend",
    logEvents: events.map((event, id) => ({ id, message: JSON.stringify(event) })),
  });
  const ratio = lines.length / gzipSync(lines).length;
  expect(ratio).toBeGreaterThan(compression);
});
