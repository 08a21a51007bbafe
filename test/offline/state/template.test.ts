import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { parseTemplate } from "../../../offline/state/template";

const reference = (root: readonly string[], ...steps: readonly (string | number)[]) => ({
  kind: "reference",
  root,
  steps,
});

describe("a template", () => {
  test.each([
    ["plain", ["plain"]],
    ["", [""]],
    ["$${x} %%{y} $ % { $$", ["${x} %{y} $ % { $$"]],
    ["${aws_kms_key.logs.arn}", [reference(["aws_kms_key", "logs"], "arn")]],
    ["${data.pagerduty_user.jane.id}", [reference(["data", "pagerduty_user", "jane"], "id")]],
    ['${a_b.c-d.e[0].f["g h"].1}', [reference(["a_b", "c-d"], "e", 0, "f", "g h", 1)]],
    ["${ sensitive( a_b.c.d ) }", [{ kind: "sensitive", of: reference(["a_b", "c"], "d") }]],
    ["x ${a_b.c.d} y", ["x ", reference(["a_b", "c"], "d"), " y"]],
    ['größer ${a_b.c.d}\n"quoted"', ["größer ", reference(["a_b", "c"], "d"), '\n"quoted"']],
  ])("%j", (text, parts) => {
    expect(parseTemplate(text)).toEqual({ ok: true, value: parts });
  });

  test.each([
    "${upper(a_b.c.d)}",
    "${a_b.c.d + 1}",
    "${[for x in a_b.c : x]}",
    "${a_b.c.d[*].e}",
    "%{if true}x%{endif}",
    "${var.name}x${count}",
    "${a_b.c.d",
    "${",
    "${sensitive(a_b.c.d}",
  ])("%j is left to Terraform", (text) => {
    expect(parseTemplate(text)).toEqual({ ok: false, error: expect.stringMatching(/only Terraform evaluates/) });
  });

  test("of any text that was escaped is that text", () => {
    const texts = fc.string({ unit: fc.constantFrom("$", "%", "{", "}", "a", '"', "\n", "é") });
    fc.assert(
      fc.property(texts, (text) => {
        // As Terraform escapes it: each marker doubled, from the left.
        const escaped = text.replaceAll(/([$%])\{/g, "$1$1{");
        // `$${` after another `$` is ambiguous in Terraform's own grammar, too.
        fc.pre(!/[$%]{2}\{/.test(text));
        expect(parseTemplate(escaped)).toEqual({ ok: true, value: [text] });
      }),
    );
  });
});
