import { describe, expect, test } from "@jest/globals";
import { redactProgram } from "../../../constructs/fluentd/program";
import { environment } from "../../../model/environment";
import { text } from "../../../model/log-field";
import { loggingOf } from "../../../model/logging";
import { sensitivePatterns } from "../../../model/redaction";
import { meaningOf } from "./interpreter";

const prod = environment("prod", { account: "1", region: "eu-west-1", retentionDays: 30, grafana: "" });

describe("a field that is hashed", () => {
  const program = redactProgram({
    service: "shop",
    environment: "prod",
    fields: [text("email", { description: "", pii: "personal", redact: "hash" }).definition],
    redactions: [{ field: "email", redaction: "hash" }],
    logging: loggingOf({}, prod),
  });

  test("keeps its hash whole, also one that has the digits of a card", () => {
    const hash = "924080424845083f2845050c0400192cca38e69d0e93c0304e45d3c105bb8a38";
    expect(sensitivePatterns.some(({ pattern }) => new RegExp(pattern).test(hash))).toBe(true);
    expect(meaningOf(program, { tag: "logs.shop", time: 0, record: { email: "user80@example.com" } })).toEqual({
      email: hash,
    });
  });
});
