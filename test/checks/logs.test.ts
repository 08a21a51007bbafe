import { describe, expect, test } from "@jest/globals";
import { structuredLogs } from "../../catalog/telemetry/logs";
import { checkCatalog } from "../../checks/check-catalog";
import { number, text, timestamp } from "../../model/log-field";
import type { Logging } from "../../model/logging";
import type { ServiceOptions } from "../../model/service";
import { telemetry } from "../../model/telemetry";
import { example, exampleCatalog, exampleService } from "../support/example";

const findings = (...services: readonly Partial<ServiceOptions>[]) =>
  checkCatalog(exampleCatalog(services.map((options, index) => exampleService(options, `shop-${index}`)))).filter(
    ({ id }) => id.startsWith("logs/") || id.startsWith("catalog/"),
  );
const told = (...services: readonly Partial<ServiceOptions>[]) =>
  findings(...services).map(({ id, level, where, message }) => [
    level,
    id,
    where.field ?? "",
    where.rule ?? "",
    message,
  ]);

/** Values that only somebody without the compiler can write. */
const unchecked = (json: string): Logging => JSON.parse(json);

describe("how a service logs", () => {
  test("nothing is wrong with defaults, or with what is declared well", () => {
    expect(
      findings(
        {},
        {
          logging: {
            level: { default: "INFO", dev: "DEBUG" },
            components: { "uvicorn.access": "ERROR" },
            keepPercent: { INFO: { default: 10, dev: 100 }, DEBUG: 0 },
            throttle: { field: "path", events: 10, perSeconds: 60 },
          },
        },
      ),
    ).toEqual([]);
  });

  test.each([
    [
      '{"throttle":{"field":"pth","events":1,"perSeconds":1}}',
      "logs/unknown-throttle-field",
      /"pth"\. Did you mean "path"\?/,
    ],
    ['{"throttle":{"field":"path","events":0,"perSeconds":1}}', "logs/throttle", /0 is not a whole number/],
    [
      '{"throttle":{"field":"path","events":1,"perSeconds":1,"from":"EROR"}}',
      "logs/unknown-level",
      /Did you mean "ERROR"\?/,
    ],
    ['{"level":"DEBG"}', "logs/unknown-level", /Did you mean "DEBUG"\?/],
    ['{"components":{"uvicorn":"WARNIG"}}', "logs/unknown-level", /Did you mean "WARNING"\?/],
    ['{"components":{"uvi corn":"WARNING"}}', "logs/component", /"uvi corn"/],
    ['{"level":{"default":"INFO","prd":"DEBUG"}}', "logs/unknown-environment", /Did you mean "prod"\?/],
    ['{"keepPercent":{"INFO":101}}', "logs/keep-percent", /101 of 100/],
    ['{"keepPercent":{"DEBUG":-1}}', "logs/keep-percent", /-1 of 100/],
    ['{"keepPercent":{"ERROR":50}}', "logs/keep-percent", /always kept/],
    ['{"keepPercent":{"WARNNG":50}}', "logs/keep-percent", /Did you mean "WARNING"\?/],
    ['{"peakEventsPerSecond":-5}', "logs/rate", /-5/],
    ['{"averageEventBytes":0}', "logs/rate", /0 is no size/],
    ['{"peakEventsPerSecond":"many"}', "catalog/shape", /number/],
    ['{"throttle":{"field":"path"}}', "catalog/shape", /missing/],
    ['{"components":["uvicorn"]}', "catalog/shape", /record/],
  ])("%s is refused", (logging, id, message) => {
    const found = findings({ logging: unchecked(logging) });
    expect(new Set(found.map((one) => one.id))).toEqual(new Set([id]));
    expect(found.map((one) => one.message).join()).toMatch(message);
  });
});

describe("what a log contract promises", () => {
  const when = timestamp("timestamp", { description: "When", required: true });

  test("structured events have the fields that a search over all services needs", () => {
    const partly = telemetry("partly", {
      metrics: {},
      logFields: { when, what: text("message", { description: "What" }) },
    });
    expect(told({ telemetry: [example, partly] })).toEqual([
      ["error", "logs/missing-field", "telemetry", "", 'its events are structured, and have no field "service"'],
      [
        "error",
        "logs/missing-field",
        "telemetry",
        "",
        'the log field "message" is not required, so some events are without it',
      ],
      ["warning", "logs/no-correlation", "telemetry", "", "its events say neither request_id nor trace_id"],
    ]);
    expect(told({ telemetry: [example, structuredLogs] })).toEqual([]);
  });

  test("a personal field is kept for a reason only", () => {
    const keeping = (reason: string | undefined) =>
      telemetry("keeping", {
        metrics: {},
        logFields: {
          email: text("email", {
            description: "Whose",
            pii: "personal",
            redact: "keep",
            ...(reason === undefined ? {} : { reason }),
          }),
        },
      });
    expect(told({ telemetry: [example, keeping(undefined)] })).toMatchObject([
      ["error", "logs/kept-personal", "telemetry", "email", expect.anything()],
    ]);
    expect(told({ telemetry: [example, keeping(" ")] })).toHaveLength(1);
    expect(told({ telemetry: [example, keeping("The support desk answers to it")] })).toEqual([]);
  });

  test("a name has one type, in a service and across services", () => {
    const asText = telemetry("as-text", { metrics: {}, logFields: { size: text("size", { description: "How big" }) } });
    const asNumber = telemetry("as-number", {
      metrics: {},
      logFields: { size: number("size", { description: "How big" }) },
    });
    const conflict = (message: string) => [["error", "logs/conflicting-field", "telemetry", "size", message]];
    expect(told({ telemetry: [example, asText] }, { telemetry: [example, asNumber] })).toEqual(
      conflict("the log field size is a number here and a string in shop-0"),
    );
    expect(told({ telemetry: [example, asText, asNumber] })).toEqual(
      conflict("the log field size is a number here and a string elsewhere in the same service"),
    );
    expect(told({ telemetry: [example, asText] }, { telemetry: [example, asText] })).toEqual([]);
  });
});
