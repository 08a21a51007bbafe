import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { httpLogs } from "../../catalog/telemetry/http-logs";
import {
  personalFields,
  redacted,
  redactedValue,
  withoutPersonal,
} from "../../examples/reference-service/src/redaction";

/* What the reference service keeps out of its signals. */

test("every field that the log contract calls personal is redacted", () => {
  const personal = httpLogs.contract.logFields.filter(({ pii }) => pii === "personal").map(({ name }) => name);
  expect(personal.length).toBeGreaterThan(0);
  expect(new Set<string>(personalFields)).toEqual(new Set([...personalFields, ...personal]));
});

test("an address or a card's number is found wherever it is quoted", () => {
  const text = "no order for eve.b+x@mail.example.org with 4111-1111-1111-1111 or 5500 0000 0000 0004";
  expect(withoutPersonal(text)).toBe(`no order for ${redacted} with ${redacted} or ${redacted}`);
  expect(redactedValue({ a: [{ email: "eve", b: "to eve@example.org" }], n: 1 })).toEqual({
    a: [{ email: redacted, b: `to ${redacted}` }],
    n: 1,
  });
});

test("ids, times and traces stay what they are", () => {
  const fine = "33d05ecc-7523-44fb-95bb-3d84ec01da03 2026-11-26T11:13:39.616Z 127.0.0.1:41203 1795691619616";
  expect(withoutPersonal(fine)).toBe(fine);
  fc.assert(fc.property(fc.uuid(), (id) => withoutPersonal(id) === id));
});
