import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { checkInsightsFields } from "../../../languages/insights/check-fields";
import { pathText } from "../../../languages/insights/expression";
import { parseInsights } from "../../../languages/insights/parse";
import { field } from "./arbitrary-expressions";
import { query } from "./arbitrary-queries";
import { marked } from "./marked";

const KNOWN = new Set([
  "path",
  "status_code",
  "duration_ms",
  "user_id",
  "query",
  "user.name",
  "tags",
  "x-request-id",
  "detail.instance-id",
]);

/** A query with the fields that cannot exist between « and », and what the diagnostic of each says. */
type Case = readonly [query: string, ...messages: string[]];

function judge(cases: readonly Case[]): void {
  test.each(cases.map((one): [string, Case] => [one[0], one]))("%s", (_, [text, ...messages]) => {
    const { text: plain, places } = marked(text);
    expect(places).toHaveLength(messages.length);
    const parsed = parseInsights(plain);
    expect(parsed).toMatchObject({ ok: true });
    expect(parsed.ok ? checkInsightsFields(parsed.value, KNOWN) : []).toEqual(
      messages.map((message, index) => ({ message: expect.stringContaining(message), ...places[index] })),
    );
  });
}

describe("the fields of the log contract", () => {
  judge([
    ["fields @timestamp, @message\n| filter @message like /ERROR/\n| sort @timestamp desc\n| limit 100"],
    ["fields @timestamp, query, duration_ms | filter duration_ms > 1000 | sort duration_ms desc"],
    ['fields @timestamp, @message, user_id | filter user_id = "12345" | sort @timestamp desc'],
    [
      "stats pct(duration_ms, 50) as p50, pct(duration_ms, 95) as p95, pct(duration_ms, 99) as p99 by path, bin(5m) | sort p99 desc | limit 20",
    ],
    ["fields @requestId, @duration, @billedDuration, @initDuration, @ingestionTime, @logStream, @log, @aws.region"],
    ["fields @entity.KeyAttributes.Name, @`aws.tag.aws:cloudformation:stack-name`"],
    ["fields user.name, tags.0, tags[1], `x-request-id`, detail.`instance-id`"],
    ["filter «statuscode» >= 500", 'No field "statuscode" is known. Did you mean "status_code"?'],
    ["fields «zebra», «@timestmp», «user.nme»", 'No field "zebra" is known.', '"@timestamp"?', '"user.name"?'],
    ["fields abs(«dur»), «a» in [1, «b»], not «c» like /x/", '"dur"', '"a"', '"b"', '"c"'],
    ["fields «tags.x», «tags.0.x»", 'No field "tags.x"', 'No field "tags.0.x"'],
    ["fields «x-request-id», «detail.instance-id» as id", "write `x-request-id`", "write `detail.instance-id`"],
    ["fields duration_ms-status_code"],
  ]);
});

describe("what earlier commands define", () => {
  judge([
    ["fields duration_ms / 1000 as seconds, seconds * 2 as twice | filter seconds > 1 | sort twice desc"],
    ["filter «seconds» > 1 | fields duration_ms / 1000 as seconds", '"seconds"'],
    ["display status_code >= 500 as failed | filter failed = 1 and path = 'x'"],
    ["parse @message 'user=*, method:*' as @user, method | fields @user, method, «methd»", 'Did you mean "method"?'],
    ["parse @message /(?<verb>\\w+) (?:x)(?<code>\\d+)/ | fields verb, code, «x»", '"x"'],
    ["parse @message /(\\d+)/ as ip multi | fields ip"],
    ["parse @message logfmt as lf | fields lf.level, lf.a.b"],
    ["parse «msg» csv as host, verb | fields host, verb", '"msg"'],
    ["json field=query 'user.name' as username | fields username"],
    ["fields jsonParse(@message) as js | unnest js.accounts into account | filter account.type = 'internal'"],
    ["lookup users id as user_id OUTPUT email, name as full | fields email, full, «name»", '"name"'],
    ["cidrlookup nets «ip» OUTPUT region | fields region", '"ip"'],
    ["accum duration_ms as total | fields total"],
    ["addtotals duration_ms | fields Total"],
    ["addtotals fieldname=Sum duration_ms | fields Sum, «Total»", '"Total"'],
    ["autoregress duration_ms p=1-2 | fields duration_ms_p1, duration_ms_p2, «duration_ms_p3»", '"duration_ms_p3"'],
    ["sessionize user_id | fields session_id"],
    ["sessionize user_id maxspan 1h as s | fields s, «session_id»", '"session_id"'],
    ["filldown «host» cpu*", '"host"'],
    ["pattern @message | sort @sampleCount desc | fields @pattern, @ratio, @severityLabel, @timestamp"],
    ["pattern @message | anomaly | fields anything"],
    ["outlier mark=true duration_ms | fields anything"],
    ["outlier duration_ms | fields «anything»", '"anything"'],
  ]);
});

describe("behind stats", () => {
  judge([
    [
      "fields @timestamp, path, status_code\n| filter status_code >= 500\n| stats count() by path\n| sort «count» desc",
      '"count" is no column: without a name it is called "count()". Write count() as count in stats.',
    ],
    ["stats count() as count by path | sort count desc"],
    ["stats count(*) by path | sort count(*) desc, path"],
    ["stats count(*) by path | sort `count(*)` desc"],
    ["stats count(*) by bin(5m) | sort bin(5m) desc | filter count(*) / 2 > 1"],
    [
      "stats sum(duration_ms) by path | stats max(strlen(«@message»))",
      "does not exist behind stats, which leaves only",
    ],
    [
      "stats sum(duration_ms) as total by path | stats max(total) as most by path | filter most > 1 and «total» > 1",
      '"total"',
    ],
    ["stats count(*) by status_code as code | sort code | filter «duration_ms» > 1", '"duration_ms"'],
    ["stats avg(duration_ms) as average by path | sort «avarage»", 'Did you mean "average"?'],
    ["stats max(duration_ms) as most, min(duration_ms) as least, most - least as spread by path | sort spread"],
    [
      "stats count(*) as n by path | stats avg(n) by «bin(5m)»",
      "bin reads @timestamp, which does not exist behind stats",
    ],
    ["stats count(*) as n, max(@timestamp) as t by path | stats avg(n) by dateceil(t, 5m)"],
    ["stats count(*) as n by path | fields n * 2 as twice | sort twice, «user_id»", '"user_id"'],
    ["countFrequent path | fields path, _approxcount, «user_id»", '"user_id"'],
    ["relevantfields path where «tme» > 1 | fields @fieldName, @relevanceScore, «path»", '"tme"', '"path"'],
    ["stats count(*) as n by bin(1m) | fillmissing with 0 for n, 1 for «m»", '"m"'],
  ]);
});

describe("subqueries read other log groups", () => {
  judge([
    ["filter user_id in (SOURCE 'x' | filter anything = 1 | fields whatever)"],
    ["filter «uid» in (SOURCE 'x' | stats count(*) as n by a | filter «b» > 1 | fields a)", '"uid"', '"b"'],
    [
      "join left=api right=fn where api.path = fn.route (SOURCE 'x' | stats count(*) by a | sort «b») | fields api.path, fn.a",
      '"b"',
    ],
    [
      "stats count(*) as n by path | appendcols (SOURCE 'x' | stats avg(l) as lat by svc) | fields n, lat, «other»",
      '"other"',
    ],
  ]);
});

test("fields of other log types are known when the caller says so", () => {
  const parsed = parseInsights("filter action = 'REJECT' | stats sum(bytes) as total by srcAddr | sort total desc");
  expect(parsed).toMatchObject({ ok: true });
  expect(parsed.ok && checkInsightsFields(parsed.value, new Set(["action", "bytes", "srcAddr"]))).toEqual([]);
  expect(parsed.ok && checkInsightsFields(parsed.value, new Set())).toHaveLength(3);
});

test("a field that is known is never reported, whatever the query", () => {
  fc.assert(
    fc.property(field, (one) => {
      const read = { commands: [{ kind: "fields" as const, selections: [{ expression: one }], at: one.at }] };
      expect(checkInsightsFields(read, new Set([pathText(one.path)]))).toEqual([]);
    }),
  );
});

test("more knowledge never brings more complaints", () => {
  fc.assert(
    fc.property(query, fc.array(field, { maxLength: 5 }), (made, extra) => {
      const fewer = new Set<string>(["path"]);
      const more = new Set([...fewer, ...extra.map(({ path }) => pathText(path))]);
      expect(checkInsightsFields(made, more).length).toBeLessThanOrEqual(checkInsightsFields(made, fewer).length);
    }),
  );
});
