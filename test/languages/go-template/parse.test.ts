import { describe, expect, test } from "@jest/globals";
import { parseTemplate } from "../../../languages/go-template/parse";

describe("templates that Prometheus takes", () => {
  test.each([
    "no action at all",
    "{{ $labels.instance }} is at {{ $value | humanizePercentage }}",
    "{{- $value -}}",
    "{{/* a remark */}}",
    '{{ printf "%.2f" $value }}',
    '{{ if eq $labels.a "b" }}x{{ else if not $labels.c }}y{{ else }}z{{ end }}',
    '{{ with query "up" }}{{ . | first | value }}{{ end }}',
    '{{ range $i, $sample := query "up" }}{{ $i }}: {{ $sample.Value }}{{ break }}{{ end }}',
    '{{ $x := "a" }}{{ $x }}',
    "{{ with $x := 1 }}{{ else }}{{ $x }}{{ end }}",
    '{{ define "x" }}{{ . }}{{ end }}{{ template "x" $value }}',
    '{{ (query "up" | first).Value }}',
    '{{ index $labels "a-b" }}',
    "{{ .Labels.job }}{{ .Value }}{{ .ExternalURL }}{{ $externalLabels.cluster }}",
    "{{ $value }}%}}",
    "{{ `raw` | toUpper }}{{ 'c' }}{{ 0x1F }}{{ -1.5e3 }}",
    "{{ $value | }}",
  ])("%s", (text) => {
    expect(parseTemplate(text)).toMatchObject({ ok: true });
  });
});

describe("templates that Prometheus refuses, with the place and what was meant", () => {
  test.each([
    ["{{ $label.x }}", "$label", /no variable "\$label"\. Did you mean "\$labels"\?/],
    ["{{ labels.x }}", "labels", /no template function "labels"\. Did you mean "\$labels"\?/],
    ["{{ $value | humanise }}", "humanise", /Did you mean "humanize"\?/],
    ["{{ $labels.x }", "}", /single "}"/],
    ["a {{ $labels.x", "{{ $labels.x", /never closed/],
    ["{{ $labels.x {{ $value }}", "{{ $labels.x ", /never closed/],
    ["{{}}", "{{}}", /value is missing/],
    ["{{ if $value }}x", "{{ if $value }}", /no \{\{ end \}\}/],
    ["{{ end }}", "{{ end }}", /ends nothing/],
    ["{{ else }}", "{{ else }}", /no "if"/],
    ["{{ if 1 }}{{ else }}{{ else }}{{ end }}", "{{ else }}", /no "if"/],
    ["{{ if 1 }}{{ $x := 1 }}{{ end }}{{ $x }}", "$x", /no variable/],
    ["{{ $value > 5 }}", ">", /means nothing/],
    ["{{ $value * 100 }}", "*", /means nothing/],
    ["{{ $value | 5 }}", "5", /Only a function/],
    ['{{ query "up }}', '"up }}', /never closed/],
    ["{{ query 'up' }}", "'up'", /one character/],
    ["{{ (query }}", "(query }}", /never closed|cannot stand|closed/],
    ["{{ $labels['a'] }}", "['a']", /means nothing/],
    ["{{ humanize($value) }}", "(", /space is missing/],
    ["{{ break }}", "{{ break }}", /belongs into a range/],
    ["{{/* a }}", "{{/* a }}", /comment/],
    ["{{ template x }}", "x", /name of a template/],
  ])("%s", (text, marks, says) => {
    const parsed = parseTemplate(text);
    const [found] = parsed.ok ? [] : parsed.diagnostics;
    expect(found?.message).toMatch(says);
    expect(marks).toContain(text.slice(found?.offset ?? 0, (found?.offset ?? 0) + (found?.length ?? 0)));
  });
});
