import { describe, expect, test } from "@jest/globals";
import { checkTemplate, labelsShown } from "../../../languages/go-template/check";
import { parseTemplate } from "../../../languages/go-template/parse";
import type { Template } from "../../../languages/go-template/syntax";

function template(text: string): Template {
  const parsed = parseTemplate(text);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.diagnostics[0]?.message}`);
  return parsed.value;
}

const checks = (text: string, inLabel = false): readonly string[] =>
  checkTemplate(template(text), inLabel).map(({ check }) => check);

describe("what a template gets wrong though it parses", () => {
  test.each([
    ["{{ .Label.x }}", "field"],
    ["{{ .value }}", "field"],
    ["{{ $labels.a.b }}", "field"],
    ["{{ $value.x }}", "field"],
    ["{{ .Value.x }}", "field"],
    ["{{ if .Foo }}x{{ end }}", "field"],
    ["{{ humanize (.Foo) }}", "field"],
    ['{{ printf "%d" $value }}', "format"],
    ['{{ $value | printf "%s" }}', "format"],
    ['{{ $labels.x | printf "%.2f" }}', "format"],
    ['{{ printf "%.2f" (humanize $value) }}', "format"],
    ['{{ $value | humanize | printf "%d" }}', "format"],
    ['{{ printf "%s %s" $labels.x }}', "format"],
    ['{{ printf "%.2f" 5 }}', "format"],
    ["$labels.x is down", "not-in-braces"],
    ["at $value {{ $value }}", "not-in-braces"],
  ])("%s", (text, check) => {
    expect(checks(text)).toEqual([check]);
  });

  test.each([
    '{{ range query "up" }}{{ .Anything }}{{ end }}',
    '{{ with query "up" }}{{ .X }}{{ end }}',
    '{{ printf "%.1f%%" $value }}',
    '{{ printf "%s" $labels.x }}',
    '{{ $value | humanize | printf "%s" }}',
    '{{ printf "%v %d" $value 5 }}',
    '{{ printf "%*d" 5 6 }}',
    "costs $5, or $valuable",
    "{{ $labels }}",
  ])("nothing is wrong with %s", (text) => {
    expect(checks(text)).toEqual([]);
  });

  test("the value changes a label at each evaluation, unless it is only compared", () => {
    expect(checks("{{ $value }}", true)).toEqual(["value-in-label"]);
    expect(checks("{{ .Value | humanize }}", true)).toEqual(["value-in-label"]);
    expect(checks("{{ $value }}")).toEqual([]);
    expect(checks("{{ if gt $value 5.0 }}critical{{ else }}warning{{ end }}", true)).toEqual([]);
  });
});

describe("the labels that a template shows", () => {
  test.each<readonly [text: string, labels: readonly string[]]>([
    ["{{ $labels.a }} {{ .Labels.b }}", ["a", "b"]],
    ['{{ index $labels "c" }} {{ (index $labels "d") | toUpper }}', ["c", "d"]],
    ["{{ if $labels.a }}{{ $labels.a }}{{ end }}{{ $labels.b }}", ["b"]],
    ['{{ with query "x" }}{{ .Labels.a }}{{ $labels.b }}{{ end }}', ["b"]],
    ["{{ $externalLabels.a }}", []],
  ])("%s", (text, labels) => {
    expect(labelsShown(template(text)).map(({ label }) => label)).toEqual(labels);
  });
});
