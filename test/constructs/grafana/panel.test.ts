import { describe, expect, test } from "@jest/globals";
import { type Alert, alert } from "../../../model/alert";
import type { Condition } from "../../../model/condition";
import { logPanel, type Panel, panel, type Visualization } from "../../../model/dashboard";
import type { ServiceEstate } from "../../../model/estate";
import type { Indicator } from "../../../model/indicator";
import type { SeverityName } from "../../../model/severity";
import { gauge } from "../../../model/telemetry";
import { example, exampleEstate, exampleService } from "../../support/example";
import { type DrawnPanel, errorsOf, firstService, renderedPanel } from "./dashboard-json";

const { requests, duration, memory } = example;
const errorRate = example.contract.indicators["error_rate"];
if (errorRate === undefined) throw new Error("the example has no error rate");
const p95 = duration.quantile(0.95, "5m");

const watch = (name: string, when: Condition | string, severity: SeverityName = "SEV-1"): Alert =>
  alert(name, { when, severity, for: "5m", summary: "{value}", runbook: `https://runbooks.example.com/${name}` });

const watchedBy = (...alerts: readonly Alert[]): ServiceEstate =>
  firstService(exampleEstate("prod", [exampleService({ alerts })]));

const drawn = (
  indicators: Readonly<Record<string, Indicator>>,
  visualization?: Exclude<Visualization, "logs" | "text">,
) => panel("drawn", "Drawn", indicators, visualization === undefined ? {} : { visualization });

const stepsOf = ({ fieldConfig }: DrawnPanel): readonly (readonly [number | null, string])[] =>
  (fieldConfig?.defaults.thresholds?.steps ?? []).map(({ value, color }) => [value, color]);

const styleOf = ({ fieldConfig }: DrawnPanel): string | undefined =>
  fieldConfig?.defaults.custom?.thresholdsStyle?.mode;

describe("the thresholds of alerts are drawn on the panels of what they watch", () => {
  test("above, as a line with the area over it", () => {
    const rendered = renderedPanel(drawn({ errors: errorRate }), watchedBy(watch("HighErrorRate", "error_rate > 1%")));
    expect(stepsOf(rendered)).toEqual([
      [null, "transparent"],
      [0.01, "red"],
    ]);
    expect(styleOf(rendered)).toBe("line+area");
  });

  test("of a guarded alert too, on what it compares first and not on its guard", () => {
    const estate = watchedBy(watch("HighErrorRate", "error_rate > 1% and request_rate > 1 per second"));
    const errors = renderedPanel(drawn({ errors: errorRate }), estate);
    expect(stepsOf(errors)).toEqual([
      [null, "transparent"],
      [0.01, "red"],
    ]);
    expect(errors.description).toContain("above 1% and above 1 per second for 5m");
    expect(styleOf(renderedPanel(drawn({ rate: requests.rate("5m") }), estate))).toBe("off");
  });

  test("below, with the area under it", () => {
    const rendered = renderedPanel(
      drawn({ rate: requests.rate("5m") }),
      watchedBy(watch("NoTraffic", "request_rate < 1 per minute")),
    );
    expect(stepsOf(rendered)).toEqual([
      [null, "red"],
      [1 / 60, "transparent"],
    ]);
  });

  test("several, each in the colour of its severity", () => {
    const estate = watchedBy(
      watch("Slow", p95.above("500ms"), "SEV-3"),
      watch("VerySlow", p95.above("2s"), "SEV-1"),
      watch("Slower", p95.above("1s"), "SEV-2"),
    );
    expect(stepsOf(renderedPanel(drawn({ p95 }), estate))).toEqual([
      [null, "transparent"],
      [0.5, "yellow"],
      [1, "orange"],
      [2, "red"],
    ]);
  });

  test("whatever labels keep either apart", () => {
    const estate = watchedBy(watch("Slow", p95.by("endpoint").above("1s")));
    const byMethod = panel("drawn", "Drawn", { "{{method}}": p95.by("method") });
    expect(stepsOf(renderedPanel(byMethod, estate))).toContainEqual([1, "red"]);
  });

  test("in the unit that is shown, not in the one it was written in", () => {
    const lag = gauge("lag_milliseconds", { help: "Lag", unit: "milliseconds" });
    const estate = watchedBy(watch("Lagging", lag.max().above("2s")));
    expect(stepsOf(renderedPanel(drawn({ lag: lag.max() }), estate))).toContainEqual([2000, "red"]);
  });

  test.each([
    ["another metric", memory.max()],
    ["another window", requests.rate("10m")],
    ["other matchers", requests.where({ method: "GET" }).rate("5m")],
  ])("and not on those of %s", (_, indicator) => {
    const rendered = renderedPanel(
      drawn({ other: indicator }),
      watchedBy(watch("Busy", "request_rate > 9 per second")),
    );
    expect(stepsOf(rendered)).toEqual([[null, "transparent"]]);
    expect(styleOf(rendered)).toBe("off");
  });

  test("one environment's threshold is not another's", () => {
    const service = exampleService();
    const [prod, dev] = (["prod", "dev"] as const).map((name) =>
      stepsOf(renderedPanel(drawn({ errors: errorRate }), firstService(exampleEstate(name, [service])))),
    );
    expect(prod).toContainEqual([0.01, "red"]);
    // Outside production nothing is worse than SEV-3.
    expect(dev).toContainEqual([0.05, "yellow"]);
  });
});

describe("numbers and gauges are coloured by the alerts", () => {
  test.each(["stat", "gauge", "bar-gauge", "table"] as const)(
    "a %s that an alert watches is green below it",
    (kind) => {
      const rendered = renderedPanel(drawn({ errors: errorRate }, kind), watchedBy(watch("Errors", "error_rate > 1%")));
      expect(stepsOf(rendered)).toEqual([
        [null, "green"],
        [0.01, "red"],
      ]);
      expect(rendered.fieldConfig?.defaults.color).toEqual({ mode: "thresholds" });
    },
  );

  test("one that none watches claims nothing", () => {
    expect(
      stepsOf(renderedPanel(drawn({ errors: errorRate }, "stat"), watchedBy(watch("Slow", p95.above("1s"))))),
    ).toEqual([[null, "text"]]);
  });

  test.each([
    ["a share from nothing to all", errorRate, { min: 0, max: 1 }],
    ["anything else from zero", memory.max(), { min: 0 }],
  ])("a gauge shows %s", (_, indicator, scale) => {
    const defaults = renderedPanel(drawn({ value: indicator }, "gauge"), watchedBy()).fieldConfig?.defaults;
    expect({ min: defaults?.min, max: defaults?.max }).toEqual({ max: undefined, ...scale });
  });
});

describe("queries of one panel that differ", () => {
  const estate = watchedBy(watch("Slow", p95.above("1s")), watch("Errors", "error_rate > 1%", "SEV-2"));

  test("in unit have their own axis and thresholds on a graph", () => {
    const { fieldConfig } = renderedPanel(drawn({ p95, errors: errorRate }), estate);
    expect(fieldConfig?.defaults.unit).toBe("s");
    expect(fieldConfig?.overrides).toEqual([
      {
        matcher: { id: "byFrameRefID", options: "B" },
        properties: [
          { id: "unit", value: "percentunit" },
          {
            id: "thresholds",
            value: {
              mode: "absolute",
              steps: [
                { color: "transparent", value: null },
                { color: "orange", value: 0.01 },
              ],
            },
          },
        ],
      },
    ]);
  });

  test("in alerts alone share the axis, and so the lines, of a graph", () => {
    const rendered = renderedPanel(drawn({ p50: duration.quantile(0.5, "5m"), p95 }), estate);
    expect(stepsOf(rendered)).toContainEqual([1, "red"]);
    expect(rendered.fieldConfig?.overrides).toEqual([]);
  });

  test("in alerts alone are coloured each by its own where every number stands for itself", () => {
    const rendered = renderedPanel(drawn({ p50: duration.quantile(0.5, "5m"), p95 }, "stat"), estate);
    expect(stepsOf(rendered)).toEqual([[null, "text"]]);
    expect(rendered.fieldConfig?.overrides).toEqual([
      { matcher: { id: "byFrameRefID", options: "B" }, properties: [expect.objectContaining({ id: "thresholds" })] },
    ]);
  });
});

describe("a panel's description", () => {
  const described: Panel = { ...drawn({ errors: errorRate }), description: "Share of requests that fail." };

  test("names the alerts that watch it, with threshold, duration, severity and runbook", () => {
    const estate = watchedBy(
      watch("HighErrorRate", "error_rate > 1%"),
      { ...watch("NoErrors", "error_rate at most 0.5%", "SEV-4"), for: "90s" },
      { ...watch("AnyError", errorRate.atLeast("2%")), for: "0s" },
      watch("Slow", p95.above("1s")),
    );
    expect(renderedPanel(described, estate).description).toBe(
      [
        "Share of requests that fail.",
        "",
        "Watched by:",
        "- [HighErrorRate](https://runbooks.example.com/HighErrorRate) (SEV-1) above 1% for 5m",
        "- [NoErrors](https://runbooks.example.com/NoErrors) (SEV-4) at most 0.5% for 90s",
        "- [AnyError](https://runbooks.example.com/AnyError) (SEV-1) at least 2%",
      ].join("\n"),
    );
  });

  test("is its own where no alert watches it, and none where there is none", () => {
    expect(renderedPanel(described, watchedBy()).description).toBe("Share of requests that fail.");
    expect(renderedPanel(drawn({ errors: errorRate }), watchedBy()).description).toBeUndefined();
  });
});

describe("what is not made of numbers", () => {
  test("a text has its Markdown, and asks nobody", () => {
    const rendered = renderedPanel(
      { key: "t", title: "", visualization: "text", queries: [], text: "See **this**." },
      watchedBy(),
    );
    expect(rendered).toMatchObject({ type: "text", options: { mode: "markdown", content: "See **this**." } });
    expect(rendered).not.toHaveProperty("targets");
    expect(rendered).not.toHaveProperty("datasource");
  });

  test("the columns of log fields have the fields' units", () => {
    const table: Panel = { ...logPanel("slow", "Slow", "fields path, duration_ms"), visualization: "table" };
    expect(renderedPanel(table, watchedBy()).fieldConfig?.overrides).toEqual([
      { matcher: { id: "byName", options: "duration_ms" }, properties: [{ id: "unit", value: "ms" }] },
    ]);
  });

  test.each<[string, Panel, RegExp]>([
    ["a graph without queries", drawn({}), /a timeseries without queries stays empty/],
    ["a text with queries", { ...drawn({ memory: memory.max() }), visualization: "text" }, /a text asks nothing/],
    ["half a column", { ...drawn({ memory: memory.max() }), width: 2.5 }, /a width of 2\.5.*from 1 to 24/],
    ["no width", { ...drawn({ memory: memory.max() }), width: 0 }, /a width of 0/],
  ])("%s is an error", (_, refused, message) => {
    expect(errorsOf(watchedBy(), refused)).toEqual([expect.stringMatching(message)]);
  });
});
