import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { parseFluentd } from "../../../constructs/fluentd/parse";
import { plainValue, printFluentd } from "../../../constructs/fluentd/print";
import {
  type FluentdSection,
  type FluentdValue,
  fromEnvironment,
  hostname,
  text,
} from "../../../constructs/fluentd/syntax";
import { configWith } from "./shipping";

const value: fc.Arbitrary<FluentdValue> = fc.oneof(
  fc.string({ minLength: 1, unit: "grapheme" }).map(text),
  fc
    .string({ minLength: 1, unit: fc.constantFrom("'", '"', "\\", "#", "{", "}", "$", "\n", "\t", " ", "a", "<", "[") })
    .map(text),
  fc.constantFrom(hostname, fromEnvironment("SOME_KEY")),
);

/** Sections within sections, to a depth. */
const nested = (depth: number): fc.Arbitrary<FluentdSection> =>
  fc.record(
    {
      name: fc.constantFrom("match", "filter", "source", "buffer", "label"),
      argument: fc.constantFrom("**", "@X", "a.b c.**", "tag,time"),
      parameters: fc.array(fc.record({ name: fc.stringMatching(/^[@a-z][a-z_.]{0,8}$/), value }), { maxLength: 4 }),
      sections: depth === 0 ? fc.constant([]) : fc.array(nested(depth - 1), { maxLength: 2 }),
    },
    { requiredKeys: ["name", "parameters", "sections"] },
  );
const config = nested(2);

const plain = ({ parameters, sections, ...rest }: FluentdSection): object => ({
  ...rest,
  parameters: parameters.map(({ name, value: of }) => ({ name, value: plainValue(of) })),
  sections: sections.map(plain),
});

describe("a configuration as text", () => {
  test("is read as what was written, whatever characters its values have", () => {
    fc.assert(
      fc.property(fc.array(config, { maxLength: 3 }), (sections) => {
        const printed = printFluentd(sections);
        // Signs of control that neither kind of quotes can hold are refused, and nothing else is.
        if (!printed.ok) return expect(JSON.stringify(sections)).toMatch(/\p{C}|\p{Z}|\\u/u);
        expect(parseFluentd(printed.value)).toEqual({ ok: true, value: sections.map(plain) });
      }),
    );
  });

  test("the estate's own is", () => {
    const printed = printFluentd(configWith());
    expect(printed.ok && parseFluentd(printed.value)).toEqual({ ok: true, value: configWith().map(plain) });
  });

  test.each([
    ["#{`id`}", `'#{\`id\`}'`],
    ["line\n#{exit}", '"line\\n\\#{exit}"'],
    ["it's \\", `'it\\'s \\\\'`],
    ["/a/b:c", "/a/b:c"],
    ['{"a":1}', `'{"a":1}'`],
  ])("%j is written without Ruby in it", (value, written) => {
    const printed = printFluentd([{ name: "match", parameters: [{ name: "x", value: text(value) }], sections: [] }]);
    expect(printed.ok && printed.value).toBe(`<match>\n  x ${written}\n</match>\n`);
  });

  test.each([
    ["<match **>\n", /never ended/],
    ["</match>\n", /ends nothing/],
    ["a b\n", /outside/],
    ["<match>\n  a 'b' c'\n</match>", /single quote/],
    ['<match>\n  a "b#{c}"\n</match>', /Ruby in the middle/],
    ["<match>\n  a {}\n</match>", /not in quotes/],
    ["<match>\n  <x>\n  </x>\n  a b\n</match>", /behind a section/],
  ])("%j is refused", (source, error) => {
    const read = parseFluentd(source);
    expect(read.ok ? "" : read.error).toMatch(error);
  });
});
