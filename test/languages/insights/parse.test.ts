import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { parseInsights } from "../../../languages/insights/parse";
import { printInsights } from "../../../languages/insights/print";
import { withoutPositions } from "./arbitrary-expressions";

/** Each query beside its canonical form; one of one element is canonical already. */
const QUERIES: readonly (readonly [query: string, canonical?: string])[] = [
  ["fields @timestamp, @message\n| filter @message like /ERROR/\n| sort @timestamp desc\n| limit 100"],
  ["fields @timestamp, path, status_code\n| filter status_code >= 500\n| stats count() by path\n| sort count desc"],
  [
    "fields @timestamp, query, duration_ms | filter duration_ms > 1000 | sort duration_ms desc",
    "fields @timestamp, query, duration_ms\n| filter duration_ms > 1000\n| sort duration_ms desc",
  ],
  [
    'fields @timestamp, @message, user_id | filter user_id = "12345" | sort @timestamp desc',
    'fields @timestamp, @message, user_id\n| filter user_id = "12345"\n| sort @timestamp desc',
  ],
  [
    "stats pct(duration_ms, 50) as p50, pct(duration_ms, 95) as p95, pct(duration_ms, 99) as p99 by path, bin(5m) | sort p99 desc | limit 20",
    "stats pct(duration_ms, 50) as p50, pct(duration_ms, 95) as p95, pct(duration_ms, 99) as p99 by path, bin(5m)\n| sort p99 desc\n| limit 20",
  ],
  // Case, white space, comments and plural or spelt-out units are not kept.
  [
    "FIELDS strlen(@message) AS size # bytes\n# | filter size > 1\n| STATS SUM(size)/1024/1024 as mb BY BIN(5mins) as @t\n| STATS MAX(mb) BY dateceil(@t, 1hour)",
    "fields strlen(@message) as size\n| stats sum(size) / 1024 / 1024 as mb by bin(5m) as @t\n| stats max(mb) by dateceil(@t, 1h)",
  ],
  ["where a = 'x'", 'filter a = "x"'],
  ["sort a, b desc", "sort a asc, b desc"],
  // Names
  ["fields `foo-bar`, action, abs(f3 - f4)"],
  ['filter @`aws.tag.aws:cloudformation:stack-name` = "my-stack"'],
  [
    "filter json_message.users[1].`user.id` = \"PutData\" and items.0.instanceId != 'i-1'",
    'filter json_message.users[1].`user.id` = "PutData" and items.0.instanceId != "i-1"',
  ],
  ["fields @@userId, größe", "fields @@userId, `größe`"],
  ["fields `as`, `in`[0], a as `desc`"],
  // Expressions
  [
    "filter (eventName = 'Start' or eventName = 'Stop') and not (a = 1)",
    'filter (eventName = "Start" or eventName = "Stop") and not a = 1',
  ],
  ["filter not (a = 1 and b = 2)"],
  ["fields -(a + b) * c ^ 2 ^ 3 % 4"],
  ["fields (a ^ b) ^ c, a - (b - c), a - b - c"],
  ['filter @message not like /(?i)(error|failure)/ and f1 =~ /^(?i)Exception$/ and f2 like "Exception"'],
  ['filter tlsVersion in ["TLSv1", "TLSv1.1"] and code not in [1, 2]'],
  ['filter f1 like \'say "hi"\' and f2 like "it\'s"'],
  ['filter strcontains(@message, "x", true) and toMillis(@timestamp) >= now() * 1000 - 7200000'],
  ["filter accountId = 12345678901234567890"],
  ["filter `in` IN[1,2]", "filter `in` in [1, 2]"],
  ['fields loggingType = "ERROR" as isError'],
  ["fields a / b / c, (a) / (b)", "fields a / b / c, a / b"],
  [
    "filter requestId in (SOURCE '/aws/lambda/db' | filter errorType = \"Timeout\" | fields requestId)",
    'filter requestId in (SOURCE "/aws/lambda/db" | filter errorType = "Timeout" | fields requestId)',
  ],
  // Commands
  [
    'parse @message "user=*, method:*, latency := *" as @user,\n @method, @latency | stats avg(@latency) by @method, @user',
    'parse @message "user=*, method:*, latency := *" as @user, @method, @latency\n| stats avg(@latency) by @method, @user',
  ],
  [
    "parse @message /user=(?<user2>.*?), method:(?<method2>.*?),\n    latency := (?<latency2>.*?)/\n| stats avg(latency2) by method2",
  ],
  ['parse "\\"userId\\": \\"*\\"" as userId'],
  ["parse @message /path=(?<path>[^/]+)\\/x/"],
  ["parse @message /(\\d+\\.\\d+)/ as ip multi"],
  ['parse @message logfmt as lf\n| filter lf.level = "error"'],
  ["parse csv as host, method"],
  ['json field=requestContext "identity.sourceIp" as caller_ip'],
  ["stats count(*) as n by bin(5m) offset 1h\n| fillmissing with 0 for n"],
  ["stats sum(requests) / count(*) as ratio, max(a) as most, min(a) as least, most - least as spread by b"],
  ["stats count(*) by a\n| sort count(*) desc"],
  ["fields @message | limit any 1", "fields @message\n| limit any 1"],
  ["fields a\n| sort a desc\n| dedup a, b\n| limit 20"],
  ["fields @timestamp, unmask(@message)"],
  ["pattern @message\n| anomaly"],
  ["pattern @message\n| diff previousWeek"],
  ['fields jsonParse(@message) as js\n| unnest js.accounts into account\n| filter account.type = "internal"'],
  ['filterIndex IPaddress in ["198.51.100.0"]'],
  ["expand items\n| accum bytes as total\n| countFrequent method, status"],
  ["count_frequent method", "countFrequent method"],
  ["relevantfields Controller, Path where Time > 400"],
  ["relevantfields where Time > 400"],
  ["addtotals fieldname=RowSum col=true price, tax"],
  ["autoregress bytes as b p=1-4"],
  ["filldown host cpu*"],
  ["outlier action=remove param=3.0 uselower=true mark=true cpu memory"],
  ["sessionize userId, deviceId maxspan 1h as my_session"],
  ["lookup user_data id as user_id, region as @aws.region OUTPUT name, email as mail"],
  ["cidrlookup net_table srcAddr as cidr OUTPUTNEW region, owner"],
  [
    "filter status >= 500 | join left=api right=fn where api.requestId=requestId (SOURCE '/aws/lambda/f') | fields api.requestId, fn.duration",
    'filter status >= 500\n| join type=inner left=api right=fn where api.requestId = requestId (SOURCE "/aws/lambda/f")\n| fields api.requestId, fn.duration',
  ],
  [
    'stats count(*) as n by svc\n| appendcols override=true max=100 (SOURCE "lg" | stats avg(latency) as avgLat by svc)',
  ],
  ["SOURCE lg start=-1d end=0s | logcompare timeshift 7d", 'SOURCE "lg" start=-1d end=now\n| logcompare timeshift 7d'],
  ["SOURCE '/a' | SOURCE '/b' | fields @message", 'SOURCE "/a"\n| SOURCE "/b"\n| fields @message'],
  [
    'SOURCE logGroups(namePrefix: [\'/ecs/prod\'], class: \'STANDARD\') logGroupTags([{"key":"team","values":["a"]}]) START=-604800s END=0s | estimate',
    'SOURCE logGroups(namePrefix: ["/ecs/prod"], class: "STANDARD") logGroupTags([{"key": "team", "values": ["a"]}]) start=-604800s end=now\n| estimate',
  ],
];

describe("parseInsights", () => {
  test.each(QUERIES)("reads %s", (query, canonical = query) => {
    const parsed = parseInsights(query);
    expect(parsed).toMatchObject({ ok: true });
    const printed = parsed.ok ? printInsights(parsed.value) : "";
    expect(printed).toBe(canonical);
    expect(withoutPositions(parseInsights(printed))).toEqual(withoutPositions(parsed));
  });

  test("gives every node its place in the text", () => {
    const query = "fields a\n| stats count(*) as n by bin(5m)";
    const parsed = parseInsights(query);
    const found: string[] = [];
    JSON.stringify(parsed, (key, value) => {
      if (key === "at") {
        found.push(query.slice(value.offset, value.offset + value.length));
      }
      return value;
    });
    expect(found).toEqual(["a", "fields a", "*", "count(*)", "n", "5m", "bin(5m)", "stats count(*) as n by bin(5m)"]);
  });

  test("groups operators by precedence, powers from the right, everything else from the left", () => {
    expect(withoutPositions(parseInsights("filter a or b and c - d - e ^ f ^ -g = 1"))).toEqual(
      withoutPositions(parseInsights("filter a or (b and (((c - d) - (e ^ (f ^ (-g)))) = 1))")),
    );
  });

  const SCRAPS = [
    " ",
    "|",
    "(",
    ")",
    "[",
    "]",
    ",",
    "=",
    "like",
    "in",
    "not",
    "by",
    "as",
    "/x/",
    "/",
    '"',
    "'",
    "`",
    "5m",
    "300s",
    "@",
  ];
  const scrap = fc.oneof(
    fc.constantFrom(...SCRAPS, ...QUERIES.flatMap(([query]) => query.split(/(?=[ (,|])/))),
    fc.string({ maxLength: 5 }),
  );

  test("never throws, and points only at places of the text, in order", () => {
    fc.assert(
      fc.property(fc.array(scrap, { maxLength: 40 }), (scraps) => {
        const text = scraps.join("");
        const parsed = parseInsights(text);
        const diagnostics = parsed.ok ? [] : parsed.diagnostics;
        expect(parsed.ok).toBe(diagnostics.length === 0);
        const offsets = diagnostics.map(({ offset }) => offset);
        expect(offsets).toEqual([...offsets].sort((one, other) => one - other));
        for (const { offset, length } of diagnostics) {
          expect(offset).toBeGreaterThanOrEqual(0);
          expect(length).toBeGreaterThanOrEqual(0);
          expect(offset + length).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 500 },
    );
  });

  test("what it accepts is printed as something it accepts, and the canonical form stays", () => {
    fc.assert(
      fc.property(fc.constantFrom(...QUERIES), fc.constantFrom(...QUERIES), ([one], [other]) => {
        const parsed = parseInsights(`${one} | ${other}`);
        fc.pre(parsed.ok);
        const printed = printInsights(parsed.value);
        const again = parseInsights(printed);
        expect(again.ok && printInsights(again.value)).toBe(printed);
      }),
    );
  });

  test.each([
    ["a chain of operators", `filter ${"a or ".repeat(1500)}a`],
    ["parentheses", `filter ${"(".repeat(4000)}a${")".repeat(4000)}`],
    ["calls", `fields ${"abs(".repeat(1900)}a${")".repeat(1900)}`],
    ["lists", `filter ${"a in [".repeat(1400)}a${"]".repeat(1400)}`],
    ["matches", `filter a${" like 'x'".repeat(1100)}`],
    ["selectors", `SOURCE dataSource(${"[".repeat(4900)}${"]".repeat(4900)})`],
    ["signs", `fields ${"-".repeat(9000)}a`],
    ["negations", `filter ${"not ".repeat(2000)}a`],
  ])("refuses %s without end and does not overflow", (_, query) => {
    expect(parseInsights(query)).toMatchObject({
      ok: false,
      diagnostics: expect.arrayContaining([
        expect.objectContaining({ message: expect.stringContaining("at most 1000 operators") }),
      ]),
    });
  });

  test("handles the longest chain it accepts", () => {
    const query = `filter ${"a or ".repeat(999)}a`;
    const parsed = parseInsights(query);
    expect(parsed.ok && printInsights(parsed.value)).toBe(query);
  });
});
