import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { parseDatadogMonitorQuery } from "../../../languages/datadog/monitor-parser";
import { printDatadogMonitorQuery } from "../../../languages/datadog/monitor-printer";

describe("all that is wrong with a query is shown at once, each at its place", () => {
  test.each<readonly [string, readonly (readonly [string, RegExp])[]]>([
    [
      "avgg(last_5min):sum:app-errors{env:prod service:x} by {a*}.as_rat() > .5",
      [
        ["avgg", /Did you mean "avg"/],
        ["last_5min", /no window/],
        ["app-errors", /ASCII letters/],
        ["", /comma or AND/],
        ["a*", /without wildcards/],
        ["as_rat", /Did you mean "as_rate"/],
        [".5", /write 0\.5/],
      ],
    ],
    [
      "avg(last_90d):average:x{*} > 10ms",
      [
        ["last_90d", /730 hours/],
        ["average", /space aggregation/],
        ["10ms", /plain decimal/],
      ],
    ],
    ["avg(current_5m):avg:x{*} > 1", [["current_5m", /current_1h, current_1d or current_1mo/]]],
    ["avg(last_5m):avg:x{env:prod AND !a:b} > 1", [["!", /mixes ! with AND/]]],
    ["avg(last_5m):avg:x{a:b,c IN (d)} > 1", [["IN", /mixes , with IN/]]],
    ["avg(last_5m):avg:x{env:prod,} > 1", [["", /tag is missing/]]],
    ["avg(last_5m):avg:x{env:} > 1", [["env:", /end with a colon/]]],
    [
      "avg(last_5m):avg:x{a:b@c, 1x:y} by {1z} > 1",
      [
        ["a:b@c", /stores any other/],
        ["1x:y", /start with a letter/],
        ["1z", /start with a letter/],
      ],
    ],
    ["avg(last_5m):avg:x{a IN ()} > 1", [["", /value of a is missing/]]],
    ["avg(last_5m):avg:x{(a:b OR c:d} > 1", [["(", /never closed/]]],
    ["avg(last_5m):avg:x > 1", [["", /scope in braces/]]],
    [
      "avg(last_5m):avg:x{*",
      [
        ["{", /never closed/],
        ["", /comparator/],
      ],
    ],
    ["avg(last_5m):avg:x{*}.as_count() by {host} > 1", [["by", /before \.as_count/]]],
    ["avg(last_5m):as_rate(avg:x{*}) > 1", [["as_rate", /stands behind/]]],
    ["avg(last_5m):avg:x{*}.abs() > 1", [["abs", /stands around/]]],
    ["avg(last_5m):deflt_zero(avg:x{*}) > 1", [["deflt_zero", /Did you mean "default_zero"/]]],
    ["avg(last_5m):clamp_min(avg:x{*}) > 1", [["clamp_min", /takes 2 arguments \(series, threshold\), not 1/]]],
    ["avg(last_5m):abs('x') > 1", [["'x'", /must be a series/]]],
    [
      "avg(last_5m):anomalies(avg:x{*}, 'agil', 2, dir='up', direction='upp') > 1",
      [
        ["'agil'", /Did you mean "agile"/],
        ["dir='up'", /no argument named dir/],
        ["direction='upp'", /above, below or both/],
      ],
    ],
    ["avg(last_5m):avg:x{*}.rollup(summ, 60) > 1", [["summ", /Did you mean "sum"/]]],
    ["max(next_1w):forecast(cumsum(avg:x{*}), 'linear', 1) > 1", [["forecast", /cumsum\(\) must not stand inside/]]],
    ["max(next_1w):avg:x{*} > 1", [["next_1w", /Only forecast\(\)/]]],
    ["percentile(last_5m):avg:x{*} > 1", [["percentile", /p95/]]],
    [
      "avg(last_5m):autosmooth(avg:x{$env}) > 1",
      [
        ["autosmooth", /must not use/],
        ["$env", /dashboard's variable/],
      ],
    ],
    ["avg(last_5m):1 + 2 > 1", [["1 + 2 ", /must read a metric/]]],
    ["avg(last_5m):avg:x{*} 1", [["1", /comparator belongs here/]]],
    ["avg(last_5m):avg:x{*} > ", [["", /threshold is missing/]]],
    ["avg(last_5m):avg:x{*} > 1 > 2", [["> 2", /Nothing may follow/]]],
    ["change(avg(last_5m)):avg:x{*} > 1", [["", /time to compare with/]]],
    ["change(avg(last_5m),1h):avg:x{*} > 1", [["1h", /no shift/]]],
    ["avg(last_5m)avg:x{*} > 1", [["", /colon is missing/]]],
    ["", [["", /starts with its window/]]],
    [
      'logs("service:(a OR ) \\"x").index("*").rolup("count").last("3d") > 1',
      [
        ["OR", /both sides/],
        ['\\"x', /never closed/],
        ["rolup", /Did you mean "rollup"/],
        ['"3d"', /48 hours/],
      ],
    ],
    ['logs(\'a\').rollup("count").last("5m") > 5', [["'a'", /double quotes/]]],
    [
      'logs("a").rollup("p95").by("a,b,c,d,e").rollup("count")',
      [
        ['"p95"', /Did you mean "pc95"/],
        ['"a,b,c,d,e"', /4 facets/],
        ["rollup", /second time/],
        ["", /window is missing/],
      ],
    ],
    ['logs("a").rollup("avg").last("5m") > 1', [['"avg"', /needs one measure/]]],
    [
      'logs("a").rollup("count", "@b").last("5") > 1',
      [
        ['"count", "@b"', /takes no measure/],
        ['"5"', /"5m"/],
      ],
    ],
    ['rum("x").last("5m") > 1', [['rum("x").last("5m") > 1', /RUM monitor/]]],
    ['"datadog.agent.up".over("*").last(2)', [['"datadog.agent.up".over("*").last(2)', /service check/]]],
    ["123 && !456", [["123 && !456", /composite/]]],
  ])("%s", (text, expected) => {
    const parsed = parseDatadogMonitorQuery(text);
    const found = parsed.ok ? [] : parsed.diagnostics;
    const shown = found.map(({ offset, length, message }) => `${text.slice(offset, offset + length)} ${message}`);
    expect(shown).toEqual(
      expected.map(([at, message]) =>
        expect.stringMatching(new RegExp(`^${at.replace(/[^\w ]/g, "\\$&")} .*${message.source}`)),
      ),
    );
  });
});

test("an error in a search is shown where it stands behind escapes", () => {
  const text = String.raw`logs("a \"b\" @c:d:e").rollup("count").last("5m") > 1`;
  const parsed = parseDatadogMonitorQuery(text);
  expect(parsed.ok ? [] : parsed.diagnostics.map(({ offset }) => text.slice(offset, offset + 2))).toEqual([":e"]);
});

test("whatever is typed is read or refused, never thrown at", () => {
  const pieces = [
    "avg",
    "(last_5m)",
    ":",
    "sum:x",
    "{*}",
    "{a:b",
    "}",
    ",",
    " by ",
    ".as_rate()",
    " > 1",
    "(",
    ")",
    "-",
    "*",
    "'",
    '"',
    "logs(",
    ".last(",
    "!",
    " AND ",
    "change(",
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces)), fc.boolean(), (typed, begun) => {
      const text = (begun ? "avg(last_5m):" : "") + typed.join("");
      const parsed = parseDatadogMonitorQuery(text);
      if (parsed.ok) {
        expect(parseDatadogMonitorQuery(printDatadogMonitorQuery(parsed.value))).toEqual(parsed);
      } else {
        expect(parsed.diagnostics.length).toBeGreaterThan(0);
        expect(parsed.diagnostics.every((each) => each.offset >= 0 && each.offset + each.length <= text.length)).toBe(
          true,
        );
      }
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ["nested parentheses", `avg(last_5m):${"(".repeat(20_000)}`],
  ["a row of minuses", `avg(last_5m):${"- ".repeat(20_000)}`],
  ["nested exclusions", `avg(last_5m):avg:x{${"!".repeat(20_000)}`],
  ["an endless sum", `avg(last_5m):avg:x{*}${" + 1".repeat(10_000)} > 1`],
  ["endless functions", `avg(last_5m):avg:x{*}${".as_rate()".repeat(4_000)} > 1`],
  ["a text of absurd length", `avg(last_5m):abs(${"1,".repeat(200_000)})`],
])("%s without end are refused", (_, text) => {
  expect(parseDatadogMonitorQuery(text).ok).toBe(false);
});
