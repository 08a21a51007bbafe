import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { literal } from "../../../constructs/terraform/literal";

/** What Terraform reads out of a template that holds no interpolation. */
const readByTerraform = (template: string): string =>
  template.replaceAll("$${", () => "${").replaceAll("%%{", () => "%{");

describe("text that Terraform gives back unchanged", () => {
  test.each([
    ["${var.x}", "$${var.x}"],
    ["%{ if true }", "%%{ if true }"],
    ["${a}${b}", "$${a}$${b}"],
    ["100% of $5 {}", "100% of $5 {}"],
    ['quotes " and\nnewlines and Größe', 'quotes " and\nnewlines and Größe'],
  ])("%j is written %j", (text, written) => {
    expect(literal(text)).toBe(written);
  });

  test("no interpolation is left, and reading gives the text back", () => {
    const texts = fc.string({ unit: fc.constantFrom("a", "{", "}", "%", "&", "\n", '"', "${", "%{") });
    fc.assert(
      fc.property(texts, (text) => {
        const written = literal(text);
        expect(written).not.toMatch(/(?<!\$)\$\{|(?<!%)%\{/);
        expect(readByTerraform(written)).toBe(text);
      }),
    );
  });
});
