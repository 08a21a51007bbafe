import { describe, expect, test } from "@jest/globals";
import catalog from "../../catalog/catalog";
import { environment } from "../../model/environment";
import { estateOf } from "../../model/estate";
import { logContractOf } from "../../model/log-contract";
import { choice, text } from "../../model/log-field";
import { loggingOf } from "../../model/logging";
import { redactionOf, sensitivePatterns } from "../../model/redaction";

const named = (name: string) => environment(name, { account: "1", region: "eu-west-1", retentionDays: 7, grafana: "" });

describe("logging", () => {
  test("errors are kept whatever is sampled", () => {
    expect(loggingOf({ keepPercent: { INFO: { default: 10, dev: 100 } } }, named("prod")).keepPercent).toEqual({
      DEBUG: 100,
      INFO: 10,
      WARNING: 100,
      ERROR: 100,
      CRITICAL: 100,
    });
  });
});

describe("redaction", () => {
  test("is a field's own, else its class's", () => {
    const of = (options: Parameters<typeof text>[1]) => redactionOf(text("x", options).definition);
    expect(of({ description: "" })).toBe("keep");
    expect(of({ description: "", pii: "pseudonymous" })).toBe("keep");
    expect(of({ description: "", pii: "personal" })).toBe("mask");
    expect(of({ description: "", pii: "personal", redact: "drop" })).toBe("drop");
    expect(choice("x", ["a"], { description: "", redact: "hash" }).definition.redact).toBe("hash");
  });

  test.each([
    ["email-address", "sent to jo.doe+x@mail.example.com.", "sent to [email-address]."],
    ["card-number", "card 4111 1111 1111 1111 declined", "card [card-number] declined"],
    ["card-number", "order 1234567890123 shipped", "order 1234567890123 shipped"],
    ["bearer-token", "Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.e30", "Authorization: [bearer-token]"],
    ["password", "postgres://app?password=hunter2&x=1", "postgres://app?[password]&x=1"],
  ])("%s in %j", (name, before, after) => {
    const found = sensitivePatterns.find((pattern) => pattern.name === name);
    expect(before.replace(new RegExp(found?.pattern ?? "", "g"), `[${name}]`)).toBe(after);
  });
});

test("a contract has each field once, by name, and says what becomes of the personal ones", () => {
  const estate = estateOf(catalog, catalog.environments[0] ?? named("dev"));
  const backend = estate.services.find(({ service }) => service.name === "analytics-backend");
  const contract = backend && logContractOf(backend);
  const names = contract?.fields.map(({ name }) => name) ?? [];
  expect(names).toEqual([...new Set(names)].sort());
  expect(contract?.redactions.map(({ field, redaction }) => `${field} ${redaction}`)).toEqual([
    "client_ip mask",
    "ip mask",
    "user_agent mask",
  ]);
});
