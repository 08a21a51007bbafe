import { describe, expect, test } from "@jest/globals";
import { App, TerraformStack, Testing } from "cdktf";
import { legacyBrowsers } from "../../../constructs/sentry/project";
import { SentryProjects } from "../../../constructs/sentry/projects";
import { errorTracking } from "../../../model/error-tracking";
import { exampleService } from "../../support/example";
import { byName, only, synthesized } from "../pagerduty/synthesized";
import { trackedCatalog, trackedServices } from "./tracked";

function made(services = trackedServices) {
  const catalog = trackedCatalog(services);
  const { sentry } = catalog;
  if (sentry === undefined) throw new Error("no organization");
  const stack = new TerraformStack(new App({ stackTraces: false }), "tested");
  new SentryProjects(stack, "sentry", catalog, sentry);
  return synthesized(Testing.synth(stack));
}

const stack = made([...trackedServices, exampleService({}, "untracked")]);

describe("what Sentry has for all environments", () => {
  test("is a team for each that owns errors, and a project for each service that has them", () => {
    expect(only(stack.resources("sentry_team"))).toMatchObject({
      name: "backend",
      slug: "backend",
      organization: "example",
    });
    expect(stack.resources("sentry_project").map(({ slug }) => slug)).toEqual(["shop", "worker"]);
    for (const project of stack.resources("sentry_project"))
      expect(project).toMatchObject({
        default_key: false,
        default_rules: false,
        teams: [expect.stringContaining(".slug}")],
      });
  });

  test("gives every error to the service's team", () => {
    const rules = stack.resources("sentry_project_ownership");
    expect(rules).toHaveLength(2);
    for (const rule of rules)
      expect(rule).toMatchObject({ raw: "*:* #backend", fallthrough: false, auto_assignment: "all" });
  });

  test("drops what a missing page is told by, crawlers and health checks of a server", () => {
    expect(byName(stack.resources("sentry_project"), "shop")).toMatchObject({
      filters: { error_messages: ["HTTPException: 404*"] },
    });
    expect(byName(stack.resources("sentry_project"), "worker")).not.toHaveProperty("filters");
    expect(stack.resources("sentry_project_inbound_data_filter").map(({ filter_id: id }) => id)).toEqual([
      "filtered-transaction",
      "web-crawlers",
      "filtered-transaction",
      "web-crawlers",
    ]);
  });

  test("drops extensions and old browsers of a web page", () => {
    const page = exampleService({ errors: errorTracking({ platform: "javascript-react", alerts: [] }) });
    const filters = new Map(
      made([page])
        .resources("sentry_project_inbound_data_filter")
        .map(({ filter_id: id, active, subfilters }) => [id, active ?? subfilters]),
    );
    expect(filters).toEqual(
      new Map<string, unknown>([
        ["browser-extensions", true],
        ["legacy-browsers", [...legacyBrowsers]],
        ["localhost", true],
        ["web-crawlers", true],
      ]),
    );
  });

  test("waits for the check-ins of scheduled tasks", () => {
    expect(only(stack.resources("sentry_cron_monitor"))).toMatchObject({
      name: "nightly",
      schedule: { crontab: "30 2 * * *" },
      timezone: "Europe/Berlin",
      checkin_margin_minutes: 5,
      max_runtime_minutes: 120,
      failure_issue_threshold: 1,
      owner: { team_id: expect.stringContaining(".internal_id}") },
    });
  });
});
