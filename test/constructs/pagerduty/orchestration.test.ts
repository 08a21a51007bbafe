import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { hasTag, pclString } from "../../../constructs/pagerduty/condition";
import { limits } from "../../../constructs/pagerduty/limits";
import { eventRules, routingRules } from "../../../constructs/pagerduty/orchestration";
import { environment } from "../../../model/environment";
import { exampleEstate, exampleService } from "../../support/example";
import { heldService, tested } from "../cloudwatch/held";
import { pagerDutyPayload } from "../grafana/notification";
import { type Event, meets } from "./pcl";

const words = ["critical", "error", "warning", "info"];

const settings = { account: "1", region: "eu-west-1", retentionDays: 7, grafana: "https://g.example.com" } as const;
const production = environment("prod", { ...settings, production: true });
const development = environment("dev", settings);

/** The severity that an event leaves the rules with: the first rule that it meets decides. */
const severityAfter = (event: Event, rules: ReturnType<typeof eventRules>): string | undefined =>
  rules.find(({ conditions }) => conditions.some((condition) => meets(event, condition)))?.severity ?? event.severity;

/** Names in kebab-case. */
const kebab = fc.stringMatching(/^[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,8}){0,3}$/);

const asSentence = (tags: readonly string[]): string => tags.join(", ");

describe("a tag among the tags of an event", () => {
  test.each([
    ["service:app-service", "service:app-service", true],
    ["monitor, service:app-service", "service:app-service", true],
    ["service:app-service, env:prod", "service:app-service", true],
    ["env:prod,service:app-service,monitor", "service:app-service", true],
    ['["env:prod","service:app-service"]', "service:app-service", true],
    ["env:prod\nservice:app-service\nmonitor", "service:app-service", true],
    ["severity:sev-1", "severity:SEV-1", true],
    ["monitor, service:app-service-2", "service:app-service", false],
    ["service:my-app-service", "service:app-service", false],
    ["subservice:app-service", "service:app-service", false],
    ["service:app-service.eu", "service:app-service", false],
    ["service:app-service/x", "service:app-service", false],
    ["service:app_service", "service:app-service", false],
    ["service:appxservice", "service:app.service", false],
    ["", "service:app-service", false],
  ])("in %j, %s: %s", (tags, tag, found) => {
    expect(meets({ tags }, hasTag(tag))).toBe(found);
  });

  test("a service whose name begins another's never takes its events", () => {
    fc.assert(
      fc.property(kebab, fc.stringMatching(/^-?[a-z0-9]{1,6}$/), fc.boolean(), (name, more, list) => {
        const write = list ? JSON.stringify : asSentence;
        const tags = write(["env:prod", `service:${name}${more}`, "monitor"]);
        expect(meets({ tags }, hasTag(`service:${name}`))).toBe(false);
        expect(meets({ tags }, hasTag(`service:${name}${more}`))).toBe(true);
      }),
    );
  });

  test("a service whose name ends another's never takes its events", () => {
    fc.assert(
      fc.property(kebab, fc.stringMatching(/^[a-z0-9]{1,6}-?$/), (name, before) => {
        const tags = asSentence(["env:prod", `service:${before}${name}`]);
        expect(meets({ tags }, hasTag(`service:${name}`))).toBe(false);
      }),
    );
  });

  test("any text is found in itself, whatever its characters", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (text) => {
        expect(meets({ tags: `service:${text}` }, hasTag(`service:${text}`))).toBe(true);
      }),
    );
  });
});

test.each([
  ["shop", "'shop'"],
  ["the system's down", String.raw`'the system\'s down'`],
  ["a\\b", String.raw`'a\\b'`],
])("the string %j in PCL", (text, expected) => {
  expect(pclString(text)).toBe(expected);
});

const rulesOf = (names: readonly string[]) => {
  const result = routingRules(
    exampleEstate(
      "prod",
      names.map((name) => exampleService({}, name)),
    ),
  );
  if (!result.ok) throw new Error(result.error);
  return result.value;
};
const servicesOf = (event: Event, names: readonly string[]) =>
  rulesOf(names)
    .filter(({ conditions }) => conditions.some((condition) => meets(event, condition)))
    .map(({ service }) => service);
const names = ["app-service", "app-service-2", "my-app-service", "app"];

describe("routing", () => {
  test.each(names)("an event of %s goes there and nowhere else, by component or by tag", (name) => {
    expect(servicesOf({ component: name }, names)).toEqual([name]);
    expect(servicesOf({ tags: asSentence(["env:prod", `service:${name}`]) }, names)).toEqual([name]);
  });

  test.each<[string, Event]>([
    ["names nothing", {}],
    ["names an unknown service", { component: "ghost", tags: "service:ghost" }],
    ["is spelt in another case", { component: "App" }],
  ])("an event that %s meets no rule", (_, event) => {
    expect(servicesOf(event, names)).toEqual([]);
  });

  test("one rule for each service, whatever the order of the catalog", () => {
    expect(rulesOf(names)).toHaveLength(names.length);
    expect(rulesOf([...names].reverse())).toEqual(rulesOf(names));
  });

  test("more services than an orchestration can route to are an error that says so", () => {
    const many = Array.from({ length: limits.routingRules + 1 }, (_, index) => exampleService({}, `service-${index}`));
    const estate = exampleEstate("prod", many.slice(0, 1));
    const [one] = estate.services;
    if (one === undefined) throw new Error("the example has a service");
    const full = { ...estate, services: many.slice(1).map((service) => ({ ...one, service })) };
    expect(routingRules(full).ok).toBe(true);
    expect(routingRules({ ...full, services: [...full.services, one] })).toEqual({
      ok: false,
      error: expect.stringContaining("1001 services"),
    });
  });
});

describe("an event as Grafana sends it", () => {
  const eventOf = (service: string, severity: string): Event => {
    const { payload } = pagerDutyPayload({
      Status: "firing",
      CommonLabels: { alertname: `${service}: HighErrorRate`, environment: "prod", service, severity, team: "backend" },
      CommonAnnotations: { summary: "6% of requests fail, service:app-service-2, severity:info" },
      Alerts: [],
    });
    return { component: payload.component, severity: payload.severity };
  };

  test.each(names)("goes to %s alone, by its component", (name) => {
    expect(servicesOf(eventOf(name, "critical"), names)).toEqual([name]);
  });

  test.each(words)("keeps the severity %s in production, and pages nowhere else", (word) => {
    expect(severityAfter(eventOf("app", word), eventRules({ environment: production, services: [] }))).toBe(word);
    expect(severityAfter(eventOf("app", word), eventRules({ environment: development, services: [] }))).toBe(
      word === "info" ? "info" : "warning",
    );
  });
});

describe("severity in production", () => {
  const rules = eventRules({ environment: production, services: [] });

  test.each([
    ["SEV-1", "critical"],
    ["SEV-2", "error"],
    ["SEV-3", "warning"],
    ["SEV-4", "info"],
  ])("a Datadog event tagged %s is %s, whatever Datadog made of it", (severity, word) => {
    for (const sent of words) {
      for (const tag of [severity, severity.toLowerCase(), word]) {
        const event = { severity: sent, tags: `env:prod, severity:${tag}, service:shop` };
        expect(severityAfter(event, rules)).toBe(word);
      }
    }
  });

  test.each(words)("an untagged event stays %s", (severity) => {
    expect(severityAfter({ severity, component: "shop" }, rules)).toBe(severity);
  });
});

describe("severity outside production", () => {
  const rules = eventRules({ environment: development, services: [] });

  test.each([
    ["critical", "warning"],
    ["error", "warning"],
    ["warning", "warning"],
    ["info", "info"],
    ["page", "warning"],
    [undefined, "warning"],
  ])("an event sent as %s is %s", (severity, clamped) => {
    expect(severityAfter(severity === undefined ? {} : { severity }, rules)).toBe(clamped);
  });

  test("never pages, whatever a sender says", () => {
    fc.assert(
      fc.property(
        fc.option(fc.oneof(fc.constantFrom(...words), fc.string()), { nil: undefined }),
        fc.array(
          fc.oneof(
            fc.constantFrom("severity:sev-1", "severity:critical", "severity:error", "severity:sev-4", "service:shop"),
            fc.string(),
          ),
        ),
        (severity, tags) => {
          const event = { ...(severity === undefined ? {} : { severity }), tags: asSentence(tags) };
          expect(["warning", "info"]).toContain(severityAfter(event, rules));
        },
      ),
    );
  });
});

test.each([production, development])("the rules of $name fit into one set", (each) => {
  const { services } = exampleEstate("prod", [heldService({ alerts: [tested({ when: "cpu_usage > 80%" })] })]);
  const rules = eventRules({ environment: each, services });
  expect(rules.length).toBeGreaterThan(eventRules({ environment: each, services: [] }).length);
  expect(rules.length).toBeLessThanOrEqual(limits.rulesPerSet);
});
