import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { dashboardUrl, grafanaUid } from "../../model/grafana-uid";
import { labelsNamed, partsOf } from "../../model/placeholder";
import { fileOfCaller } from "../../model/source-file";

describe("placeholders of a text", () => {
  test("are the value and labels; everything else is text", () => {
    expect(partsOf("{value} errors at {endpoint}.")).toEqual([
      { kind: "value" },
      { kind: "text", text: " errors at " },
      { kind: "label", label: "endpoint" },
      { kind: "text", text: "." },
    ]);
  });

  test.each(["{{ $value }}", "{ value }", "{}", "{1}", "plain"])("%j has none", (text) => {
    expect(partsOf(text)).toEqual([{ kind: "text", text }]);
  });

  test("lose no character of the text", () => {
    const texts = fc.string({ unit: fc.constantFrom("{", "}", "value", "a", " ", "{value}", "{label}") });
    fc.assert(
      fc.property(texts, (text) => {
        const written = partsOf(text).map((part) =>
          part.kind === "text" ? part.text : part.kind === "value" ? "{value}" : `{${part.label}}`,
        );
        expect(written.join("")).toBe(text);
      }),
    );
  });

  test("are told apart from the value", () => {
    expect(labelsNamed("{value} at {instance} of {job}")).toEqual(["instance", "job"]);
  });
});

describe("a uid in Grafana", () => {
  test("is made of names, and readable while it is short", () => {
    expect(grafanaUid("prod", "shop", "service")).toBe("prod-shop-service");
  });

  test("is at most 40 characters, and differs where the names do", () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9]{0,60}$/);
    fc.assert(
      fc.property(name, name, (one, other) => {
        const [first, second] = [grafanaUid("prod", one), grafanaUid("prod", other)];
        expect(first).toMatch(/^[a-z0-9-]{1,40}$/);
        expect(first === second).toBe(one === other);
      }),
    );
  });

  test("is all that a dashboard's URL needs", () => {
    expect(dashboardUrl("https://grafana.example.com/", "prod-shop-service")).toBe(
      "https://grafana.example.com/d/prod-shop-service",
    );
  });
});

test("a declaration knows the file that made it", () => {
  const declare = (): string => fileOfCaller(declare);
  expect(declare()).toBe(__filename);
});
