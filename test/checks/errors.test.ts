import { describe, expect, test } from "@jest/globals";
import { errorAlerts } from "../../alerts/errors";
import { checkCatalog } from "../../checks/check-catalog";
import { cronJob } from "../../model/cron-job";
import { type ErrorAlert, type ErrorAlertOptions, errorAlert } from "../../model/error-alert";
import { type ErrorTrackingOptions, errorTracking } from "../../model/error-tracking";
import { celery } from "../../model/runtime";
import type { Service } from "../../model/service";
import { trackedCatalog, trackedServices } from "../constructs/sentry/tracked";
import { exampleService } from "../support/example";

const tracked = (options: Partial<ErrorTrackingOptions> = {}): Service =>
  exampleService({ errors: errorTracking({ platform: "node", alerts: [errorAlerts()], ...options }) });

const found = (...services: readonly Service[]) =>
  checkCatalog(trackedCatalog(services)).map(({ id, where: { field }, message }) => `${id} ${field}: ${message}`);

/** The issue alert of the pack with one option replaced, beside the pack's own. */
const withAlert = (options: Partial<ErrorAlertOptions>, name = "Changed"): Service => {
  const [base] = errorAlerts();
  if (base === undefined) throw new Error("no alert");
  const changed: ErrorAlert = errorAlert(name, { ...base, ...options });
  return tracked({ alerts: [errorAlerts(), changed] });
};

const worker = (schedule: Parameters<typeof cronJob>[1], errors?: Service["errors"]): Service =>
  exampleService({
    runtime: celery({
      cluster: "c",
      logGroup: "/ecs/worker",
      queues: ["default"],
      schedules: [cronJob("nightly", schedule)],
    }),
    ...(errors === undefined ? {} : { errors }),
  });
const watched = errorTracking({ platform: "python-celery", alerts: [errorAlerts({ cron: {} })] });

test("an organization of a wrong shape is one finding, and no crash", () => {
  const catalog = trackedCatalog(trackedServices);
  const wrong: unknown = 5;
  const misshapen = { ...catalog, sentry: Object.assign({}, catalog.sentry, { organization: wrong }) };
  expect(checkCatalog(misshapen).map(({ id, where: { field } }) => `${id} ${field}`)).toContain(
    "catalog/shape sentry.organization",
  );
});

describe("error tracking", () => {
  test("has nothing wrong with it as packs and defaults make it", () => {
    expect(found(...trackedServices)).toEqual([]);
  });

  test("needs an organization", () => {
    const { sentry: _none, ...catalog } = trackedCatalog();
    expect(checkCatalog(catalog)).toEqual([
      expect.objectContaining({ id: "errors/organization", message: expect.stringContaining("names no organization") }),
    ]);
    const bad = { organization: "Our Company", api: "sentry.io", slack: "#general", pagerDuty: "8" };
    expect(checkCatalog({ ...catalog, sentry: bad }).map(({ where }) => where.field)).toEqual([
      "sentry.organization",
      "sentry.slack",
      "sentry.api",
    ]);
  });

  test("tells somebody in production, whatever it tells elsewhere", () => {
    expect(found(tracked({ alerts: [] }))).toEqual([
      "errors/unrouted errors.alerts: in prod nobody is told of its errors",
    ]);
    expect(
      found(tracked({ alerts: [errorAlerts({ issue: { environments: ["dev"] }, users: "off", volume: "off" })] })),
    ).toEqual(["errors/unrouted errors.alerts: in prod nobody is told of its errors"]);
  });

  test.each([
    [{ platform: "python-fastap" }, "errors/project errors.platform", /Did you mean "python-fastapi"\?/],
    [{ filters: ["web-crawler"] }, "errors/project errors.filters", /Did you mean "web-crawlers"\?/],
    [{ ignore: ["*"] }, "errors/project errors.ignore", /drops every error/],
    [{ perMinute: 0 }, "errors/project errors.perMinute", /0 is no count/],
  ])("of %j is refused", (options, place, message) => {
    const errors = { ...errorTracking({ platform: "node", alerts: [errorAlerts()] }), ...options };
    // What the compiler would refuse is what a catalog without it may hold.
    const service = Object.assign(exampleService(), { errors });
    expect(found(service)).toEqual([expect.stringMatching(message)]);
    expect(found(service)[0]).toContain(place);
  });

  test.each([
    [{ every: 1 }, "every", /1 is not from 5 to 43200 minutes/],
    [{ runbook: "not a page!" }, "runbook", /neither a URL nor the name of a page/],
    [{ summary: " " }, "summary", /no summary/],
    [{ when: { kind: "issue", on: [] } }, "when.on", /waits for nothing/],
    [{ when: { kind: "volume", of: "events", above: 0.5, within: "5m" } }, "when.above", /0.5 is no count/],
  ] as const)("with an alert of %j is refused", (options, field, message) => {
    expect(found(withAlert(options))).toEqual([expect.stringMatching(message)]);
    expect(found(withAlert(options))[0]).toContain(`errors/alert errors.alerts.Changed.${field}:`);
  });

  test("has each alert once", () => {
    expect(found(withAlert({}, "IssueAppeared"))).toEqual([expect.stringContaining("declared twice")]);
  });
});

describe("schedules", () => {
  test("are watched, or it is told", () => {
    expect(found(worker({ schedule: "0 1 * * *" }, watched))).toEqual([]);
    expect(found(worker({ schedule: "0 1 * * *" }))).toEqual([expect.stringContaining("errors/unwatched-schedule")]);
    const deaf = errorTracking({ platform: "python-celery", alerts: [errorAlerts()] });
    expect(found(worker({ schedule: "0 1 * * *" }, deaf))).toEqual([
      expect.stringContaining("cron monitor that no alert is about"),
    ]);
    expect(found(tracked({ alerts: [errorAlerts({ cron: {} })] }))).toEqual([
      expect.stringContaining("but none of them"),
    ]);
  });

  test.each([
    [{ schedule: "0 25 * * *" }, "schedule", /"25" is no hour/],
    [{ schedule: "0 1 * * *", timeZone: "Europe/Berln" }, "timeZone", /Did you mean "Europe\/Berlin"\?/],
    [{ schedule: "0 1 * * *", margin: "30s" }, "margin", /0\.5 minutes/],
    [{ schedule: "0 1 * * *", maxRuntime: "40d" }, "maxRuntime", /57600 minutes/],
    [{ schedule: "0 1 * * *", failures: 0 }, "failures", /0 is no count/],
  ] as const)("of %j are refused", (options, field, message) => {
    expect(found(worker(options, watched))).toEqual([expect.stringMatching(message)]);
    expect(found(worker(options, watched))[0]).toContain(`errors/schedule runtime.schedules.nightly.${field}`);
  });
});
