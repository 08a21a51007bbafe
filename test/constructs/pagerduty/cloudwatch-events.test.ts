import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { alarmName } from "../../../constructs/cloudwatch/alarm-name";
import { alarmTopicArn } from "../../../constructs/cloudwatch/alarm-topic";
import type { EventRule } from "../../../constructs/pagerduty/event-rule";
import { eventRules, routingRules } from "../../../constructs/pagerduty/orchestration";
import { type Environment, environment } from "../../../model/environment";
import { checked } from "../../../model/result";
import type { Severity } from "../../../model/severity";
import { exampleEstate } from "../../support/example";
import { heldService, tested } from "../cloudwatch/held";
import { type Event, meets, type SnsNotification } from "./pcl";

const settings = { region: "eu-west-1", retentionDays: 7, grafana: "https://g.example.com" } as const;
const prod = environment("prod", { ...settings, account: "222222222222", production: true });
const dev = environment("dev", { ...settings, account: "111111111111" });

/** What SNS delivers of an alarm that changes its state: its subject is at most 100 characters long. */
function notification(
  service: string,
  name: string,
  severity: Severity,
  { where = prod, state = "ALARM" }: { readonly where?: Environment; readonly state?: "ALARM" | "OK" } = {},
): SnsNotification {
  const alarm = alarmName({ environment: where.name, service, name });
  const short = alarm.length > 60 ? `${alarm.slice(0, 57)}...` : alarm;
  return {
    Type: "Notification",
    TopicArn: alarmTopicArn(where, severity),
    Subject: `${state}: "${short}" in EU (Ireland)`,
    Message: JSON.stringify({
      AlarmName: alarm,
      AlarmDescription: 'A "quoted" text: [prod] other: Alarm',
      AWSAccountId: where.account,
      NewStateValue: state,
      AlarmArn: `arn:aws:cloudwatch:${where.region}:${where.account}:alarm:${alarm}`,
    }),
  };
}

/** Services of which CloudWatch evaluates an alert. */
const estateOf = (names: readonly string[]) =>
  exampleEstate(
    "prod",
    names.map((name) => heldService({ alerts: [tested({ when: "cpu_usage > 80%" })] }, name)),
  );

/** The first rule that an event meets. */
const ruleOf = (event: Event, where: Environment = prod): EventRule | undefined =>
  eventRules({ environment: where, services: estateOf(["app"]).services }).find(({ conditions }) =>
    conditions.some((condition) => meets(event, condition)),
  );

/** What the rule writes into a field. */
function extracted(raw: SnsNotification, target: string): string | undefined {
  const extraction = ruleOf({ raw })?.extractions?.find((each) => each.target === target);
  if (extraction === undefined) return undefined;
  const source = { "raw_event.Message": raw.Message, "raw_event.Subject": raw.Subject }[extraction.source] ?? "";
  return new RegExp(extraction.regex, "ims").exec(source)?.[1];
}

const routed = (raw: SnsNotification, names: readonly string[]): readonly string[] =>
  checked(routingRules(estateOf(names)))
    .filter(({ conditions }) => conditions.some((condition) => meets({ raw }, condition)))
    .map(({ service }) => service);

describe("an alarm of CloudWatch", () => {
  const names = ["app-service", "app-service-2", "my-app-service", "app"];

  test.each(names)("of %s goes there and nowhere else", (name) => {
    expect(routed(notification(name, "HighErrorRate", "SEV-1"), names)).toEqual([name]);
  });

  test("of a service with a long name goes there, though its subject is cut short", () => {
    const long = `a-service-with-${"very-".repeat(20)}long-name`;
    const raw = notification(long, "HighErrorRate", "SEV-1");
    expect(raw.Subject).toContain("...");
    expect(routed(raw, [...names, long])).toEqual([long]);
  });

  test("whose description speaks of another service goes to its own", () => {
    expect(routed(notification("app", "Quoted", "SEV-2"), ["app", "other"])).toEqual(["app"]);
  });

  test("of another environment, or of nobody's making, meets no rule", () => {
    expect(routed(notification("app", "HighErrorRate", "SEV-1", { where: dev }), names)).toEqual([]);
    expect(routed({ Message: JSON.stringify({ AlarmName: "made-by-hand app: x" }) }, names)).toEqual([]);
  });

  test("no service takes another's, whatever their names", () => {
    const kebab = fc.stringMatching(/^[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,8}){0,2}$/);
    fc.assert(
      fc.property(fc.uniqueArray(kebab, { minLength: 2, maxLength: 4 }), (services) => {
        for (const service of services)
          expect(routed(notification(service, "Alarm", "SEV-3"), services)).toEqual([service]);
      }),
      { numRuns: 30 },
    );
  });
});

describe("the severity of an alarm", () => {
  test.each<[Severity, string]>([
    ["SEV-1", "critical"],
    ["SEV-2", "error"],
    ["SEV-3", "warning"],
  ])("%s is %s in production", (severity, word) => {
    const rule = ruleOf({ raw: notification("app", "Alarm", severity) });
    expect(rule).toMatchObject({ severity: word });
    expect(rule).not.toHaveProperty("eventAction");
  });

  test.each<Severity>(["SEV-1", "SEV-2", "SEV-3"])("%s pages nobody outside production", (severity) => {
    expect(ruleOf({ raw: notification("app", "Alarm", severity, { where: dev }) }, dev)).toMatchObject({
      severity: "warning",
    });
  });

  test("of another topic is left to its sender", () => {
    const raw = { ...notification("app", "Alarm", "SEV-1"), TopicArn: "arn:aws:sns:eu-west-1:222222222222:billing" };
    expect(ruleOf({ raw, severity: "error" })).toBeUndefined();
  });
});

describe("what SNS delivers becomes an event", () => {
  test("the recovery of an alarm resolves the alert that its firing opened", () => {
    const fired = notification("app", "HighErrorRate", "SEV-1");
    const over = notification("app", "HighErrorRate", "SEV-1", { state: "OK" });
    expect(ruleOf({ raw: over })).toMatchObject({ eventAction: "resolve" });
    expect(extracted(fired, "event.dedup_key")).toBe("[prod] app: HighErrorRate");
    expect(extracted(over, "event.dedup_key")).toBe("[prod] app: HighErrorRate");
  });

  test("alarms are told apart", () => {
    const key = (name: string) => extracted(notification("app", name, "SEV-1"), "event.dedup_key");
    expect(key("HighErrorRate")).not.toBe(key("HighErrorRateOfLogins"));
  });

  test("its title is the subject", () => {
    expect(extracted(notification("app", "HighErrorRate", "SEV-1"), "event.summary")).toBe(
      'ALARM: "[prod] app: HighErrorRate" in EU (Ireland)',
    );
  });

  test("the request to confirm a subscription opens nothing", () => {
    const raw = {
      Type: "SubscriptionConfirmation",
      TopicArn: alarmTopicArn(prod, "SEV-1"),
      Message: "You have chosen",
    };
    expect(ruleOf({ raw })).toMatchObject({ eventAction: "resolve" });
  });
});
