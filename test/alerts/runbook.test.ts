import { describe, expect, test } from "@jest/globals";
import { runbook } from "../../alerts/runbook";

describe("the runbook of an alert", () => {
  test.each([
    ["HighErrorRate", "high-error-rate"],
    ["HighAPILatency", "high-api-latency"],
    ["HighCPUUsage", "high-cpu-usage"],
    ["DatabaseCPUHigh", "database-cpu-high"],
    ["P95LatencyHigh", "p95-latency-high"],
    ["Down", "down"],
  ])("of %s is named %s", (alert, page) => {
    expect(runbook(alert)).toBe(page);
  });
});
