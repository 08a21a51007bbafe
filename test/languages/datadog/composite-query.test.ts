import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  type CompositeQuery,
  compositeMonitor,
  monitorsIn,
  parseDatadogCompositeQuery,
  printDatadogCompositeQuery,
} from "../../../languages/datadog/composite-query";

const record = <T extends object>(model: { readonly [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record<T>({ ...model }, { noNullPrototype: true });

/** Of ten monitors at the most, since there are ten to choose from. */
const query = fc.letrec<{ query: CompositeQuery }>((tie) => ({
  query: fc.oneof(
    { maxDepth: 5 },
    fc.nat(9).map((id) => compositeMonitor(String(1000 + id))),
    tie("query").map((of): CompositeQuery => ({ kind: "not", of })),
    record<Extract<CompositeQuery, { kind: "and" | "or" }>>({
      kind: fc.constantFrom("and" as const, "or" as const),
      left: tie("query"),
      right: tie("query"),
    }),
  ),
})).query;

const a = compositeMonitor("1");
const b = compositeMonitor("2");
const c = compositeMonitor("3");

describe("the query of a composite monitor", () => {
  test("reads as it prints", () => {
    fc.assert(
      fc.property(query, (each) => {
        expect(parseDatadogCompositeQuery(printDatadogCompositeQuery(each))).toEqual({ ok: true, value: each });
      }),
    );
  });

  test.each<readonly [string, CompositeQuery]>([
    ["1 && 2", { kind: "and", left: a, right: b }],
    ["1 || 2 && !3", { kind: "or", left: a, right: { kind: "and", left: b, right: { kind: "not", of: c } } }],
    ["(1 || 2) && 3", { kind: "and", left: { kind: "or", left: a, right: b }, right: c }],
    ["!(1 && 2)", { kind: "not", of: { kind: "and", left: a, right: b } }],
    ["1 || (2 || 3)", { kind: "or", left: a, right: { kind: "or", left: b, right: c } }],
  ])("%s", (text, value) => {
    expect(parseDatadogCompositeQuery(text)).toEqual({ ok: true, value });
    expect(printDatadogCompositeQuery(value)).toBe(text);
  });

  test("is filled in with what stands for a monitor", () => {
    const written = printDatadogCompositeQuery({ kind: "and", left: a, right: b }, (id) => `\${monitor.of${id}.id}`);
    expect(written).toBe(`\${monitor.of1.id} && \${monitor.of2.id}`);
  });

  test("names each of its monitors once", () => {
    expect(monitorsIn({ kind: "or", left: a, right: { kind: "and", left: b, right: a } })).toEqual(["1", "2"]);
  });

  test.each([
    ["1 &&", "The id of a monitor is missing here.", 4],
    ["", "The id of a monitor is missing here.", 0],
    ["1 2", "&& or || belongs between two monitors.", 2],
    ["1 & 2", "&& or || belongs between two monitors.", 2],
    ["(1 || 2", "This ( is never closed.", 0],
    ["cpu && 2", '"cpu" is no monitor\'s id, which is a number.', 0],
    ["1||2||3||4||5||6||7||8||9||10||11", "A composite monitor combines 10 monitors at most, not 11.", 0],
    ["!".repeat(200), "Nested more than 100 levels deep.", 100],
  ])("%s is refused", (text, message, offset) => {
    const parsed = parseDatadogCompositeQuery(text);
    expect(parsed.ok ? [] : parsed.diagnostics).toContainEqual(expect.objectContaining({ message, offset }));
  });

  test("of any text is read or refused, and never thrown at", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."12 &|!()x") }), (text) => {
        const parsed = parseDatadogCompositeQuery(text);
        if (!parsed.ok) expect(parsed.diagnostics.length).toBeGreaterThan(0);
        else expect(parseDatadogCompositeQuery(printDatadogCompositeQuery(parsed.value))).toEqual(parsed);
      }),
    );
  });
});
