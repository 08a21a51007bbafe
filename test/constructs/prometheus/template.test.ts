import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { literalTemplate, templateOf } from "../../../constructs/prometheus/template";
import { alert } from "../../../model/alert";
import { type Condition, promql } from "../../../model/condition";
import { ratio } from "../../../model/indicator";
import { upTo } from "../../../model/metric";
import { counter, gauge, histogram } from "../../../model/telemetry";
import { onlyRule } from "./rule";

const labels = { endpoint: upTo(50, "/orders"), team: upTo(9, "blue") };
const requests = counter("http_requests_total", { help: "", unit: "requests", labels });
const sent = counter("sent_bytes_total", { help: "", unit: "bytes" });
const latency = histogram("latency_seconds", { help: "", unit: "seconds" });
const latencyMs = histogram("latency_milliseconds", { help: "", unit: "milliseconds" });
const memory = gauge("memory_bytes", { help: "", unit: "bytes" });
const disk = gauge("disk_used_percent", { help: "", unit: "percent" });

const templated = (text: string, when: Condition): string => {
  const rule = onlyRule(
    alert("Example", { when, for: "5m", severity: "SEV-3", summary: text, runbook: "https://runbooks.example.com" }),
  );
  return templateOf(text, rule);
};

describe("the value that fired reads as its threshold was written", () => {
  test.each<[string, Condition, string]>([
    ["a ratio", ratio(requests.rate("5m"), requests.rate("5m")).above("1%"), "{{ $value | humanizePercentage }}"],
    ["percents", disk.max().above("90%"), '{{ $value | printf "%.4g" }}%'],
    ["seconds", latency.quantile(0.95, "5m").above("1s"), "{{ $value | humanizeDuration }}"],
    ["milliseconds", latencyMs.quantile(0.95, "5m").above("1s"), '{{ $value | printf "%.1f" }}ms'],
    ["bytes", memory.max().above("1GB"), "{{ $value | humanize1024 }}B"],
    ["bytes per minute", sent.rate("5m").above("1MB per minute"), "{{ $value | humanize1024 }}B per minute"],
    ["a frequency", requests.rate("1h").above("10000 per hour"), "{{ $value | humanize }} per hour"],
    ["a count", requests.increase("5m").above("10"), "{{ $value | humanize }}"],
    ["PromQL of one's own", promql("up == 0"), "{{ $value | humanize }}"],
  ])("%s", (_, when, template) => {
    expect(templated("{value} it is", when)).toBe(`${template} it is`);
  });
});

describe("a label in a text", () => {
  const byEndpoint = requests.rate("5m").by("endpoint").above("1 per second");

  test.each<[string, string, Condition, string]>([
    ["is the series'", "{endpoint}", byEndpoint, "{{ $labels.endpoint }}"],
    ["is the rule's, which Prometheus does not offer", "{service} in {environment}", byEndpoint, "shop in prod"],
    [
      "is the series' where both have it",
      "{team}",
      requests.rate("5m").by("team").above("1 per second"),
      "{{ $labels.team }}",
    ],
    ["is the series' of PromQL of one's own", "{instance}", promql("up == 0"), "{{ $labels.instance }}"],
  ])("%s", (_, text, when, template) => {
    expect(templated(text, when)).toBe(template);
  });
});

/** What Go makes of a template whose actions are string constants. */
const expanded = (template: string): string => {
  const start = template.indexOf("{{");
  if (start < 0) return template;
  const action = /^\{\{"([^"\\]*)"\}\}/.exec(template.slice(start));
  if (action === null) throw new Error(`no action of a constant: ${template.slice(start)}`);
  const [whole, constant = ""] = action;
  return template.slice(0, start) + constant + expanded(template.slice(start + whole.length));
};

test("any text of a user's comes out as it went in", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("{", "}", '"', "a", "-", "$", "\n") }), (text) => {
      expect(expanded(literalTemplate(text))).toBe(text);
    }),
  );
});

test("doubled braces around a name are the user's own text", () => {
  expect(templated("{{value}} and {value}", promql("up == 0"))).toBe('{{"{{"}}value}} and {{ $value | humanize }}');
});
