import { describe, expect, test } from "@jest/globals";
import { checkCatalog } from "../../checks/check-catalog";
import { unmonitored } from "../../model/alert";
import { startsWith } from "../../model/indicator";
import { alertsOf, type ServiceOptions } from "../../model/service";
import { availability, freshness, latency, type ServiceObjective } from "../../model/service-objective";
import { ageOf, events, latencyOf } from "../../model/sli";
import { gauge, telemetry } from "../../model/telemetry";
import { example, exampleCatalog, exampleService } from "../support/example";

const age = gauge("index_age_seconds", { help: "Age of the newest entry", unit: "seconds" });
const promised = telemetry("promised", {
  metrics: { age },
  slis: {
    availability: events(example.requests.where({ status: startsWith("5") }), example.requests),
    latency: latencyOf(example.duration),
    freshness: ageOf(age.max()),
  },
});
const withObjectives = (objectives: readonly ServiceObjective[], options: Partial<ServiceOptions> = {}) =>
  exampleService({ telemetry: [example, promised], alerts: [], objectives, ...options });
const named = (objectives: readonly ServiceObjective[]) =>
  alertsOf(withObjectives(objectives)).map(({ name, severity }) => `${name} ${severity}`);
const found = (objectives: readonly ServiceObjective[], options: Partial<ServiceOptions> = {}) =>
  checkCatalog(exampleCatalog([withObjectives(objectives, options)])).map(
    ({ id, message, where }) => `${id} ${where.rule ?? ""}: ${message}`,
  );

describe("an objective", () => {
  test("brings its burn-rate alerts, pages before tickets", () => {
    expect(named([availability("99.9%", "30d")])).toEqual([
      "AvailabilityBudgetBurn1h SEV-1",
      "AvailabilityBudgetBurn6h SEV-2",
      "AvailabilityBudgetBurn1d SEV-3",
      "AvailabilityBudgetBurn3d SEV-3",
    ]);
  });

  test("leaves out what the service does not want, and has the severity that it says", () => {
    const burnRates = { "1h": "off", "6h": { severity: "SEV-3" }, "3d": "off" } as const;
    expect(named([latency("95%", "500ms", "28d", { name: "checkout-latency", sli: "latency", burnRates })])).toEqual([
      "CheckoutLatencyBudgetBurn6h SEV-3",
      "CheckoutLatencyBudgetBurn1d SEV-3",
    ]);
  });

  test("that is sound is found nothing wrong with", () => {
    const sound = [
      availability({ default: "99.9%", dev: "99%" }, "30d", {
        minimumTraffic: "10 per minute",
        runbook: "https://r.example.com",
      }),
      latency("95%", "500ms", "7d", { runbook: "https://r.example.com" }),
      freshness("99%", "15min", "28d", { runbook: "https://r.example.com" }),
    ];
    expect(found(sound)).toEqual([]);
  });

  const runbook = "https://r.example.com";
  test.each<[string, readonly ServiceObjective[], string]>([
    [
      "of an SLI that nobody declares",
      [availability("99.9%", "30d", { runbook, sli: "availabilty" })],
      'objective/sli availability: there is no SLI "availabilty" of events. Did you mean "availability"?',
    ],
    [
      "of an SLI of another kind",
      [latency("95%", "500ms", "30d", { runbook, sli: "availability" })],
      'objective/sli latency: there is no SLI "availability" of latency. known are latency',
    ],
    [
      "without a budget",
      [availability("100%", "30d", { runbook })],
      'objective/target availability: the target "100%" of availability is not a share below 100%, such as "99.9%"',
    ],
    [
      "whose budget cannot burn so fast",
      [availability("95%", "90d", { runbook, burnRates: { "6h": "off", "1d": "off", "3d": "off" } })],
      "alert/condition AvailabilityBudgetBurn1h: availability (95%) can never burn 43.2 times its budget: that would be 216% of all events, and no more than all can fail",
    ],
    [
      "at a bound that no bucket has",
      [latency("95%", "300ms", "30d", { runbook })],
      'objective/bound latency: "300ms" is not the bound of a bucket of http_request_duration_seconds, whose bounds are 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10 seconds; use one of them, or add it to the buckets',
    ],
    [
      "with a name that no series may have",
      [availability("99.9%", "30d", { runbook, name: "Availability", sli: "availability" })],
      'objective/name Availability: "Availability" is not in kebab-case',
    ],
    [
      "with a traffic of minutes",
      [freshness("99%", "15min", "30d", { runbook, minimumTraffic: "1 per hour" })],
      "objective/minimum-traffic freshness: freshness counts minutes, of which there are always as many",
    ],
  ])("%s is refused", (_what, objectives, finding) => {
    expect(found(objectives)).toContain(finding);
  });

  test("that is there twice is refused once", () => {
    const twice = [availability("99.9%", "30d", { runbook }), availability("99%", "30d", { runbook })];
    expect(found(twice).filter((each) => each.startsWith("objective/"))).toEqual([
      "objective/duplicate availability: availability is declared twice",
    ]);
  });

  test("of a service that opts out of alerts is refused", () => {
    expect(found([availability("99.9%", "30d", { runbook })], { alerts: unmonitored("nobody asked") })).toEqual([
      "objective/unmonitored : the service makes promises and opts out of alerts, those of its promises among them",
    ]);
  });
});
