import { describe, expect, test } from "@jest/globals";
import Ajv2020, { type ValidateFunction } from "ajv/dist/2020";
import addFormats from "ajv-formats";
import fc from "fast-check";
import estateCatalog from "../../../catalog/catalog";
import { logSchema, logSchemaArtifacts } from "../../../constructs/logs/schema";
import { estateOf } from "../../../model/estate";
import { logContractOf } from "../../../model/log-contract";
import { logLevels } from "../../../model/logging";
import { exampleEstate } from "../../support/example";

/** Strict, so that a misspelt keyword of the schema fails; our annotations are named, since nothing validates them. */
function validatorOf(schema: object): ValidateFunction {
  const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false, strictTypes: false });
  ajv.addVocabulary([
    "x-unit",
    "x-pii",
    "x-redaction",
    "x-redaction-reason",
    "x-sampling",
    "x-throttle",
    "x-peak-events-per-second",
    "x-average-event-bytes",
  ]);
  addFormats(ajv);
  return ajv.compile(schema);
}

function contractOf(service: string, environment: string) {
  const found = estateCatalog.environments.find(({ name }) => name === environment);
  if (found === undefined) throw new Error(`no environment ${environment}`);
  const estate = estateOf(estateCatalog, found).services.find((candidate) => candidate.service.name === service);
  const contract = estate === undefined ? undefined : logContractOf(estate);
  if (contract === undefined) throw new Error(`no log contract of ${service}`);
  return contract;
}

const validator = (service: string, environment: string) => validatorOf(logSchema(contractOf(service, environment)));

/** What a JSON formatter of Python writes for every event of the analytics service. */
const common = {
  timestamp: "2026-01-05T09:30:00.123Z",
  level: "INFO",
  name: "backend.middleware.logging_middleware",
  service: "analytics-backend",
  environment: "prod",
  version: "1.42.0",
  request_id: "0b6c9a1e-0d4e-4a53-9d5b-0a4a1f2b8f6d",
};

/** The events of one request: begun, ended, failed. */
const requestEvents = [
  {
    ...common,
    message: "Request started",
    method: "GET",
    path: "/reports",
    client_ip: "203.0.113.7",
    user_agent: "Mozilla/5.0 (X11; Linux x86_64)",
  },
  { ...common, message: "Request completed", status_code: 200, duration_ms: 12.34 },
  {
    ...common,
    level: "ERROR",
    message: "Request failed",
    error: "connection refused",
    duration_ms: 3.1,
    exc_info: 'Traceback (most recent call last):\n  File "app.py"',
  },
];

describe("the schema of a service's log events", () => {
  const valid = validator("analytics-backend", "prod");

  test.each(requestEvents)("accepts what its middleware logs: $message", (event) => {
    expect([valid(event), valid.errors]).toEqual([true, null]);
  });

  test.each([
    ["without its time", { timestamp: undefined }, /required property 'timestamp'/],
    ["with a time that is none", { timestamp: "yesterday" }, /date-time/],
    ["of a level below the environment's", { level: "DEBUG" }, /allowed values/],
    ["of a level that does not exist", { level: "WARN" }, /allowed values/],
    ["of another service", { service: "app-service" }, /equal to constant/],
    ["of another environment", { environment: "dev" }, /equal to constant/],
    ["with a text where a number belongs", { duration_ms: "12ms" }, /must be number/],
    ["that took less than no time", { duration_ms: -1 }, />= 0/],
    ["with a field that nobody declared", { email: "ada@example.com" }, /additional properties/],
  ])("refuses an event %s", (_, change, message) => {
    const event = JSON.parse(JSON.stringify({ ...requestEvents[1], ...change }));
    expect(valid(event)).toBe(false);
    expect((valid.errors ?? []).map((error) => error.message).join("; ")).toMatch(message);
  });

  test("a component's loggers write their own levels, those of others the service's", () => {
    const judge = (name: string, level: string): boolean => valid({ ...common, message: "m", name, level });
    expect(judge("uvicorn.access", "INFO")).toBe(false);
    expect(judge("uvicorn.access", "WARNING")).toBe(true);
    expect(judge("uvicornish", "INFO")).toBe(true);
    expect(validator("analytics-backend", "dev")({ ...common, environment: "dev", message: "m", level: "DEBUG" })).toBe(
      true,
    );
  });

  test("law: of components within components the nearest decides", () => {
    const level = fc.constantFrom(...logLevels);
    fc.assert(
      fc.property(level, level, level, level, (root, outer, inner, written) => {
        const contract = contractOf("analytics-backend", "prod");
        const judge = validatorOf(
          logSchema({
            ...contract,
            logging: {
              ...contract.logging,
              level: root,
              components: [
                { name: "a", level: outer },
                { name: "a.b", level: inner },
              ],
            },
          }),
        );
        const lowest = { "a.b.c": inner, "a.b": inner, "a.bc": outer, a: outer, ab: root };
        for (const [name, least] of Object.entries(lowest))
          expect([name, judge({ ...common, message: "m", name, level: written })]).toEqual([
            name,
            logLevels.indexOf(written) >= logLevels.indexOf(least),
          ]);
      }),
      { numRuns: 60 },
    );
  });

  test("says the class and the fate of every field", () => {
    const { properties } = logSchema(contractOf("analytics-backend", "prod"));
    expect(properties["client_ip"]).toMatchObject({ "x-pii": "personal", "x-redaction": "mask" });
    expect(properties["user_id"]).toMatchObject({ "x-pii": "pseudonymous", "x-redaction": "keep" });
    expect(properties["duration_ms"]).toMatchObject({ "x-unit": "milliseconds", minimum: 0 });
  });
});

describe("the artifacts", () => {
  test("are one schema for each service with structured events, each of which compiles", () => {
    for (const environment of estateCatalog.environments) {
      const artifacts = logSchemaArtifacts(estateOf(estateCatalog, environment));
      expect(artifacts.map(({ path }) => path)).toEqual([
        "logs/app-service.schema.json",
        "logs/celery-worker.schema.json",
        "logs/analytics-backend.schema.json",
      ]);
      for (const { content } of artifacts) expect(validatorOf(JSON.parse(content))({})).toBe(false);
    }
  });

  test("are none of a service whose events are not structured", () => {
    expect(logSchemaArtifacts(exampleEstate())).toEqual([]);
  });
});
