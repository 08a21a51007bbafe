import { describe, expect, test } from "@jest/globals";
import { structuredLogs } from "../../../catalog/telemetry/logs";
import { anomalyDetector } from "../../../constructs/cloudwatch/anomaly-detector";
import { dataProtectionPolicy } from "../../../constructs/cloudwatch/data-protection";
import { indexedFields, indexedFieldsLimit } from "../../../constructs/cloudwatch/field-index";
import type { ServiceEstate } from "../../../model/estate";
import { type LogFieldDefinition, text } from "../../../model/log-field";
import type { Redaction } from "../../../model/redaction";
import { checked } from "../../../model/result";
import { telemetry } from "../../../model/telemetry";
import { example, exampleEstate, exampleService } from "../../support/example";

function estateWith(
  fields: Readonly<Record<string, Redaction>>,
  structured = true,
  environment: "dev" | "prod" = "prod",
): ServiceEstate {
  const logFields = Object.fromEntries(
    Object.entries(fields).map(([name, redact]) => [
      name,
      text(name, { description: name, pii: "personal", redact, reason: "for the test" }),
    ]),
  );
  const more = telemetry("more", { metrics: {}, logFields });
  const [service] = exampleEstate(environment, [
    exampleService({ telemetry: [example, more, ...(structured ? [structuredLogs] : [])] }),
  ]).services;
  if (service === undefined) throw new Error("no service");
  return service;
}

const custom = (estate: ServiceEstate): readonly string[] =>
  checked(dataProtectionPolicy(estate)).Configuration.CustomDataIdentifier.map(({ Name }) => Name);

describe("what CloudWatch masks", () => {
  test("both statements name the same identifiers: its own, our patterns, redacted fields", () => {
    const { Statement, Version } = checked(dataProtectionPolicy(estateWith({ email: "mask" })));
    const [audit, mask] = Statement;
    expect(Version).toBe("2021-06-01");
    expect(mask.DataIdentifier).toEqual(audit.DataIdentifier);
    expect(audit.DataIdentifier).toEqual([
      "arn:aws:dataprotection::aws:data-identifier/EmailAddress",
      "arn:aws:dataprotection::aws:data-identifier/CreditCardNumber",
      "bearer-token",
      "password",
      "field-email",
    ]);
    expect(audit.Operation.Audit.FindingsDestination.CloudWatchLogs.LogGroup).toBe(
      "/aws/vendedlogs/prod/data-protection",
    );
    expect(mask.Operation).toEqual({ Deidentify: { MaskConfig: {} } });
  });

  test("is every field that is not kept, and none that is", () => {
    expect(custom(estateWith({ a: "mask", b: "hash", c: "drop", d: "keep" }))).toEqual([
      "bearer-token",
      "password",
      "field-a",
      "field-b",
      "field-c",
    ]);
  });

  test("is no field of lines of text, which have no names for them", () => {
    expect(custom(estateWith({ email: "mask" }, false))).toEqual(["bearer-token", "password"]);
  });

  test("is refused where it is more than CloudWatch takes", () => {
    const fields = (count: number) =>
      estateWith(Object.fromEntries(Array.from({ length: count }, (_, index) => [`field_${index}`, "mask" as const])));
    expect(custom(fields(8))).toHaveLength(10);
    expect(dataProtectionPolicy(fields(9))).toMatchObject({
      ok: false,
      error: expect.stringContaining("more than the 10 custom identifiers"),
    });
    const long: LogFieldDefinition["name"] = "f".repeat(190);
    expect(dataProtectionPolicy(estateWith({ [long]: "mask" }))).toMatchObject({ ok: false });
  });
});

test("fields with many values are indexed, of structured events only, and never more than CloudWatch takes", () => {
  expect(indexedFields(estateWith({}))).toEqual([
    "request_id",
    "correlation_id",
    "trace_id",
    "user_id",
    "workspace_id",
    "error_type",
  ]);
  expect(indexedFields(estateWith({}, false))).toEqual([]);
  expect(indexedFields(estateWith({})).length).toBeLessThanOrEqual(indexedFieldsLimit);
});

test("anomalies are looked for in production, in structured events", () => {
  expect(anomalyDetector(estateWith({}))).toEqual({ name: "prod-ecs-shop", frequency: "FIVE_MIN", visibleDays: 21 });
  expect(anomalyDetector(estateWith({}, true, "dev"))).toBeUndefined();
  expect(anomalyDetector(estateWith({}, false))).toBeUndefined();
});
