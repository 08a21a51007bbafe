import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type Alert, type AlertOptions, alert } from "../../model/alert";
import type { AlertRule } from "../../model/alert-rule";
import type { EnvironmentEstate } from "../../model/estate";
import { inhibitionsOf, inhibits, routedLabels } from "../../model/inhibition";
import type { Labels } from "../../model/label-matcher";
import type { ServiceOptions } from "../../model/service";
import { type Symptom, symptomNames } from "../../model/symptom";
import { example, exampleEstate, exampleService } from "../support/example";

const about = (name: string, options: Partial<AlertOptions> = {}): Alert =>
  alert(name, {
    when: "error_rate > 1%",
    for: "5m",
    severity: "SEV-3",
    summary: "x",
    runbook: "https://r.example.com",
    ...options,
  });

/** An alert whose series are told apart by instance. */
const byInstance = (name: string, options: Partial<AlertOptions> = {}): Alert =>
  about(name, { when: example.memory.max().by("instance").above("1GB"), ...options });

const service = (name: string, alerts: readonly Alert[], options: Partial<ServiceOptions> = {}) =>
  exampleService({ alerts, ...options }, name);

const rulesOf = (estate: EnvironmentEstate): readonly AlertRule[] => estate.services.flatMap(({ alerts }) => alerts);

/** Whether one alert, of `service Name`, silences another, each with labels of its series. */
function silences(estate: EnvironmentEstate, one: string, other: string, series: readonly [Labels, Labels] = [{}, {}]) {
  const labelsNamed = (words: string, own: Labels): Labels => {
    const [of, name] = words.split(" ");
    const rule = rulesOf(estate).find((each) => each.service === of && each.name === name);
    if (rule === undefined) throw new Error(`no alert ${words}`);
    return { ...own, ...routedLabels(rule) };
  };
  return inhibitionsOf(estate).some((inhibition) =>
    inhibits(inhibition, labelsNamed(one, series[0]), labelsNamed(other, series[1])),
  );
}

describe("a page and the warning of the same symptom", () => {
  const estate = exampleEstate("prod", [
    service("shop", [
      about("Down", { severity: "SEV-1", symptom: "errors" }),
      about("Bad", { severity: "SEV-2", symptom: "errors" }),
      about("Elevated", { symptom: "errors" }),
      about("Slow", { symptom: "latency" }),
      about("Unnamed"),
    ]),
    service("basket", [about("Elevated", { symptom: "errors" })]),
  ]);

  test.each([
    ["shop Down", "shop Bad", true],
    ["shop Down", "shop Elevated", true],
    ["shop Bad", "shop Elevated", true],
    ["shop Bad", "shop Down", false],
    ["shop Elevated", "shop Down", false],
    ["shop Down", "shop Slow", false],
    ["shop Down", "shop Unnamed", false],
    ["shop Down", "basket Elevated", false],
    ["shop Down", "shop Down", false],
  ])("%s silences %s: %s", (page, warning, expected) => {
    expect(silences(estate, page, warning)).toBe(expected);
  });

  test("need nothing where no page has a warning below it", () => {
    const two = exampleEstate("prod", [
      service("shop", [
        about("Errors", { severity: "SEV-1", symptom: "errors" }),
        about("Slow", { symptom: "latency" }),
      ]),
    ]);
    expect(inhibitionsOf(two)).toEqual([]);
  });

  test("are of one severity outside production, where neither silences the other", () => {
    const dev = exampleEstate("dev", [
      service("shop", [
        about("Down", { severity: "SEV-1", symptom: "errors" }),
        about("Elevated", { symptom: "errors" }),
      ]),
    ]);
    expect(inhibitionsOf(dev)).toEqual([]);
  });
});

describe("a page about one instance", () => {
  const estate = exampleEstate("prod", [
    service("hosts", [
      byInstance("MemoryFull", { severity: "SEV-2", symptom: "memory" }),
      byInstance("MemoryHigh", { symptom: "memory" }),
      about("MemoryTight", { symptom: "memory" }),
      about("AllMemoryGone", { severity: "SEV-1", symptom: "memory" }),
    ]),
  ]);
  const a = { instance: "a" };
  const b = { instance: "b" };

  test("silences the warning about that one alone", () => {
    expect(silences(estate, "hosts MemoryFull", "hosts MemoryHigh", [a, a])).toBe(true);
    expect(silences(estate, "hosts MemoryFull", "hosts MemoryHigh", [a, b])).toBe(false);
  });

  test("leaves the warning about the whole service alone, which knows more", () => {
    expect(silences(estate, "hosts MemoryFull", "hosts MemoryTight", [a, {}])).toBe(false);
  });

  test("is silenced by the page about the whole service", () => {
    expect(silences(estate, "hosts AllMemoryGone", "hosts MemoryFull", [{}, a])).toBe(true);
  });
});

describe("a dead dependency", () => {
  const client = [
    about("Errors", { severity: "SEV-1", symptom: "errors" }),
    about("Leak", { severity: "SEV-1" }),
    about("Gone", { severity: "SEV-1", symptom: "availability", means: "down" }),
    about("Slow", { symptom: "latency" }),
    about("Odd"),
    about("DiskFull", { severity: "SEV-2", symptom: "storage" }),
  ];
  const estate = exampleEstate("prod", [
    service("database", [
      about("DatabaseDown", { severity: "SEV-1", symptom: "availability", means: "down" }),
      about("Unseen", { severity: "SEV-2" }),
    ]),
    service("shop", client, { dependsOn: ["database"] }),
    service("site", [about("Errors", { severity: "SEV-1", symptom: "errors" })], { dependsOn: ["shop"] }),
    service("mailer", client),
  ]);

  test.each([
    ["shop Errors", true, "a mere symptom, though a SEV-1"],
    ["shop Slow", true, "a symptom"],
    ["shop Odd", true, "below SEV-1, and of no symptom that is its own"],
    ["site Errors", true, "a client's client"],
    ["shop Leak", false, "a SEV-1 that names no symptom may be about data"],
    ["shop Gone", false, "a cause of its own"],
    ["shop DiskFull", false, "a dead database fills no disk"],
    ["mailer Errors", false, "needs no database"],
    ["database DatabaseDown", false, "the root cause"],
    ["database Unseen", false, "its own service's"],
  ])("silences %s: %s (%s)", (target, expected) => {
    expect(silences(estate, "database DatabaseDown", target)).toBe(expected);
  });

  test("is not what cannot be seen", () => {
    expect(silences(estate, "database Unseen", "shop Errors")).toBe(false);
  });

  test("silences nobody of another environment", () => {
    const [inhibition] = inhibitionsOf(estate).filter(({ name }) => name === "dead-database-pages");
    const labels = (environment: string, of: string, name: string, symptom: string): Labels => ({
      environment,
      service: of,
      alertname: name,
      severity: "critical",
      symptom,
    });
    const down = labels("prod", "database", "DatabaseDown", "availability");
    expect(inhibition).toBeDefined();
    if (inhibition === undefined) return;
    expect(inhibits(inhibition, down, labels("prod", "shop", "Errors", "errors"))).toBe(true);
    expect(inhibits(inhibition, down, labels("dev", "shop", "Errors", "errors"))).toBe(false);
  });
});

describe("whatever the estate", () => {
  const severities = ["SEV-1", "SEV-2", "SEV-3", "SEV-4"] as const;
  const anyAlert = fc.record({
    severity: fc.constantFrom(...severities),
    symptom: fc.option(fc.constantFrom<Symptom>(...symptomNames), { nil: undefined }),
    down: fc.boolean(),
    instance: fc.boolean(),
  });
  /** Services that depend on earlier ones, so that there is no circle. */
  const anyEstate = fc
    .array(fc.record({ alerts: fc.array(anyAlert, { minLength: 1, maxLength: 5 }), needs: fc.array(fc.nat(5)) }), {
      minLength: 1,
      maxLength: 5,
    })
    .map((services) =>
      exampleEstate(
        "prod",
        services.map(({ alerts, needs }, index) =>
          service(
            `service-${index}`,
            alerts.map(({ severity, symptom, down, instance }, number) =>
              (instance ? byInstance : about)(`Alert${number}`, {
                severity,
                ...(symptom === undefined ? {} : { symptom }),
                ...(down ? { means: "down" } : {}),
              }),
            ),
            { dependsOn: [...new Set(needs.filter((other) => other < index))].map((other) => `service-${other}`) },
          ),
        ),
      ),
    );
  const firing = (estate: EnvironmentEstate): readonly { readonly rule: AlertRule; readonly labels: Labels }[] =>
    rulesOf(estate).flatMap((rule) =>
      rule.condition.kind === "compare" && rule.condition.expression.kind === "value"
        ? ["a", "b"].map((instance) => ({ rule, labels: { instance, ...routedLabels(rule) } }))
        : [{ rule, labels: routedLabels(rule) }],
    );

  test("no alert silences itself, and no two each other", () => {
    fc.assert(
      fc.property(anyEstate, (estate) => {
        const alerts = firing(estate);
        const inhibitions = inhibitionsOf(estate);
        const silenced = (one: Labels, other: Labels): boolean =>
          inhibitions.some((inhibition) => inhibits(inhibition, one, other));
        for (const one of alerts) {
          expect(silenced(one.labels, one.labels)).toBe(false);
          for (const other of alerts)
            if (silenced(one.labels, other.labels)) expect(silenced(other.labels, one.labels)).toBe(false);
        }
      }),
    );
  });

  test("with everything firing, somebody is told of something of every root cause", () => {
    fc.assert(
      fc.property(anyEstate, (estate) => {
        const alerts = firing(estate);
        const inhibitions = inhibitionsOf(estate);
        // An alert that says that a service is down is silenced by a page of its own service alone.
        for (const { rule, labels } of alerts.filter((each) => each.rule.means === "down")) {
          const by = alerts.filter((source) =>
            inhibitions.some((inhibition) => inhibits(inhibition, source.labels, labels)),
          );
          expect(new Set(by.map((each) => each.rule.service)).size).toBeLessThanOrEqual(1);
          for (const each of by) expect(each.rule.service).toBe(rule.service);
        }
      }),
    );
  });

  test("every inhibition stays within its environment, and says why", () => {
    fc.assert(
      fc.property(anyEstate, (estate) => {
        const inhibitions = inhibitionsOf(estate);
        expect(new Set(inhibitions.map(({ name }) => name)).size).toBe(inhibitions.length);
        for (const { equal, reason } of inhibitions) {
          expect(equal).toContain("environment");
          expect(reason).not.toBe("");
        }
      }),
    );
  });
});
