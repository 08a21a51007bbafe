import { describe, expect, test } from "@jest/globals";
import { parseInsights } from "../../../languages/insights/parse";
import { marked } from "./marked";

/** A query with its mistakes between « and », and what the diagnostic of each says, in the order of the text. */
type Case = readonly [query: string, ...messages: string[]];

function judge(cases: readonly Case[]): void {
  test.each(cases.map((one): [string, Case] => [one[0], one]))("%s", (_, [query, ...messages]) => {
    const { text, places } = marked(query);
    expect(places).toHaveLength(messages.length);
    const parsed = parseInsights(text);
    expect(parsed.ok ? [] : parsed.diagnostics).toEqual(
      messages.map((message, index) => ({ message: expect.stringContaining(message), ...places[index] })),
    );
  });
}

describe("characters", () => {
  judge([
    ['filter a = «"»abc | sort b', 'This " is never closed.'],
    ["filter a = «'»abc\n| sort «b»(1) | limit «0»", "This ' is never closed.", 'no function "b"', "above zero, not 0"],
    ["fields «`a, b»\n| limit «0»", "This backtick is never closed.", "above zero"],
    ["fields «``»", "no name between these backticks"],
    ["fields «a.», b", "cannot end in a point"],
    ["fields «$»a, «;»", "The character $ has no meaning here.", "The character ; has no meaning here."],
    ["filter a = «“»x«”»", "The character “", "The character ”"],
    [
      "filter a «==» 1 «&&» b «<>» 2 «||» c «!~» /x/",
      '"=" instead of "=="',
      '"and" instead of "&&"',
      '"!=" instead of "<>"',
      '"or" instead of "||"',
      '"not like" instead of "!~"',
    ],
    ["filter a «=>» 1", '">=" instead of "=>"'],
    ["filter a like «/»x\n| limit «0»", "never closed by a slash", "above zero"],
    ["filter a like /error/«i»", "write /(?i)error/"],
    ["filter a like «//»", "This regular expression is empty."],
    ["filter a like «/(x/»", "a ( that is never closed"],
    ["filter a like «/x)/»", "a ) that closes nothing"],
    ["filter a like «/[x/»", "a [ that is never closed"],
  ]);
});

describe("commands", () => {
  judge([
    ["«filtr» a = 1", 'There is no command "filtr". Did you mean "filter"?'],
    ["fields a | «head» 20", "Write limit."],
    ["fields a | «frobnicate» x | «stat» count(*)", 'no command "frobnicate".', 'Did you mean "stats"?'],
    ["fields a |«» | limit 1", "A command is missing here."],
    ["fields a |«»", "A command is missing here."],
    ["«»| fields a", "A command is missing here."],
    ["«1»", "Expected a command, found a number."],
    [
      "«sort» | «fields» | «filter»",
      "sort needs a field to sort by.",
      "fields needs a field.",
      "filter needs a condition.",
    ],
    ["«limit» | limit «x» | limit «1.5»", "limit needs a number of rows.", "a number of rows", "not 1.5"],
    ["limit «100001»", "at most 100000 rows, not 100001"],
    ["sort «by» a", 'without "by"'],
    ["fields a «b», c", 'Expected ",", found "b".'],
    ['fields a as «"b"», c as «5xx»', "in backticks, not in quotes", "begins with a letter"],
    ["stats count(*) by a «b», c", 'Expected ","'],
    ["filter a = 1 «b»", 'Expected "|" or the end of the command, found "b".'],
    ["fields a«)» | limit «0»", "This parenthesis closes nothing.", "above zero"],
    ["diff «previousDy»", 'Did you mean "previousDay"?'],
    ["unnest a «as» b", 'Expected "into", found "as".'],
    ["«dedup»", "dedup needs a field."],
    ["expand a, «b»", '"b" is too many'],
    ["addtotals «colum=»true a", 'There is no option "colum" here.'],
    ["addtotals col=«yes» a", "col is true or false."],
    ["outlier action=«delete» a", "action is remove or transform."],
    ["«logcompare»", "logcompare needs timeshift."],
    ["logcompare timeshift «7»", "Expected a period such as 5m, found a number."],
    ["countFrequent a «b»", 'Expected ","'],
    ["relevantfields a«»", 'Expected "where", found the end of the query.'],
    ["lookup t a as b «c»", 'Expected "OUTPUT", found "c".'],
    ["join type=«outer» left=a right=b where a.x = b.x (SOURCE 'g')", "The type of a join is inner or left."],
    ["join left=a «where» a.x = b.x (SOURCE 'g')", "Expected left= and right="],
    ["appendcols max=«0» (SOURCE 'g')", "between 1 and 100000 rows"],
    ["SOURCE 'a'«,» 'b'", 'write SOURCE "a" | SOURCE "b"'],
    ["SOURCE logGroups(«namePrefx»: ['a'])", 'Did you mean "namePrefix"?'],
    ["SOURCE logGroups(«namePrefix»: ['1', '2', '3', '4', '5', '6'])", "at most 5 values, not 6"],
    ["SOURCE «logGroup»()", 'Did you mean "logGroups"?'],
    ["SOURCE 'a' start=«1h»", "write -1h, or now"],
  ]);
});

describe("parse", () => {
  judge([
    ['parse @message «"a=* b=*"» as a', 'holds 2 "*" and 1 names follow'],
    ['parse @message "a=*"«»', 'Expected "as"'],
    ["parse @message «/abc/»", "no group to extract"],
    ["parse @message «/(abc)/»", "Nothing names the new field"],
    ["parse @message «/(abc)/» as a, b", "1 groups for 2 names"],
    ["parse «trim»(@message) 'a=*' as a", "parse reads a field, not a function"],
    ["parse @message «fields»", "Expected a quoted pattern"],
    ["json «fild=»x 'a' as b", "Expected field= and the field that holds the object"],
  ]);
});

describe("expressions", () => {
  judge([
    ["filter «(»a = 1", "This parenthesis is never closed."],
    ["filter «(»a = 1 | filter «foo»(b) | fields abs«(»a", "never closed", 'no function "foo"', "never closed"],
    ["filter a =«» | limit «0»", 'Expected a field, value or function, found "|".', "above zero"],
    ["filter a = «and» b", 'found "and"'],
    ["filter a like «b»", "Expected a quoted substring or a /regular expression/"],
    ["filter a = «/x/»", 'only stands after "like" or "=~"'],
    ["filter a not «=» 1", 'Expected "like" or "in"'],
    ['filter a in «(»"x", "y")', "stands in square brackets"],
    ["filter a in [1, «,» 2]", "Expected a field, value or function"],
    ["filter a in «b»", "Expected a list in square brackets"],
    ["filter a in [«foo»(1), «bar»(2)]", 'no function "foo"', 'no function "bar"'],
    ["filter a in (SOURCE 'x' | filter b in («SOURCE» 'y' | fields c) | fields b)", "cannot hold another subquery"],
    ["filter a in (SOURCE 'x' | «filtr» b | fields c) | limit «0»", 'Did you mean "filter"?', "above zero"],
    ["filter a > «5m»", "only stands in bin, datefloor, dateceil and rate"],
  ]);
});

describe("functions", () => {
  judge([
    ["fields «tolowr»(a)", 'There is no function "tolowr". Did you mean "tolower"?'],
    ["stats «percentile»(a, 95)", "Write pct(field, 95)."],
    [
      "fields «strlen(a, b)», «now(1)», «replace(a, b)»",
      "takes 1 argument, not 2",
      "takes no arguments, not 1",
      "takes 3 arguments, not 2",
    ],
    [
      "fields «substr(a)», «coalesce()», «if(a, b)»",
      "2 to 3 arguments, not 1",
      "at least 1 argument",
      "3 arguments, not 2",
    ],
    ["stats «count(a, b)»", "count takes at most 1 argument, not 2"],
    ["stats sum(«*»)", 'only count takes "*"'],
    ["stats pct(a, «950»)", "between 0 and 100"],
    ["stats count(*) by «bin()»", "bin takes 1 argument, not 0"],
    ["stats count(*) by bin(«5»)", "bin takes a period such as 5m here"],
    ["stats count(*) by bin(«5x»)", '"x" is no unit of time'],
    ["stats count(*) by bin(«5minuts»)", 'Did you mean "minute"?'],
    ["stats count(*) by bin(«300s»)", "lowers 300s to 60s, the most it takes in s. Write 5m."],
    ["stats count(*) by bin(«90m»)", "lowers 90m to 60m, the most it takes in m."],
    ["stats count(*) by bin(«48h»)", "Write 2d."],
    ["stats count(*) by bin(«0m»), bin(«1.5h»)", "above zero, not 0m", "not 1.5h"],
    ["fields datefloor(@timestamp, «300s») as t", "Write 5m."],
    ["fields abs(«5m»)", "abs takes no period here"],
  ]);
});

describe("places", () => {
  judge([
    ["filter «count(*)» > 5", "belongs in stats, not in filter"],
    ["fields «max(a)»", "For one event write greatest(…)."],
    ["stats count(*) by «sum(a)»", "not in its groups"],
    ["stats count(*) as n by a | sort n desc | filter «sum(a)» > 1", "not in filter"],
    ["stats «path», count(*)", "A column of stats is an aggregate"],
    ["stats count(*) by a offset «1h»", "the groups need bin"],
    ["stats count(*) by a | stats count(*) | «stats» count(*)", "at most 2 stats commands"],
    [
      "stats count(*) by a | «sort» a | «limit» 1 | stats count(*)",
      "behind the second stats",
      "behind the second stats",
    ],
    ["dedup a | «sort» a | limit 1", "Only limit may follow dedup."],
    ["fields a | «estimate» | limit 1", "estimate is the last command"],
    ["fields a | «SOURCE» 'x'", "SOURCE stands at the beginning"],
    ["stats count(*) by a | «fillmissing»", "fillmissing needs a stats with bin"],
  ]);

  test("what follows a command that could not be read is judged as if it could be anything", () => {
    const { text } = marked("«stat» count(*) by a | sort count(*) desc | fillmissing");
    const parsed = parseInsights(text);
    expect(parsed.ok ? [] : parsed.diagnostics.map(({ message }) => message)).toEqual([
      'There is no command "stat". Did you mean "stats"?',
    ]);
  });
});

describe("the whole query", () => {
  test.each(["", "  \n", "# only a comment"])("%j is empty", (text) => {
    expect(parseInsights(text)).toEqual({
      ok: false,
      diagnostics: [{ message: "The query is empty.", offset: 0, length: text.length }],
    });
  });

  test("has at most 10,000 characters", () => {
    expect(parseInsights(`fields a${" ".repeat(9992)}`)).toMatchObject({ ok: true });
    expect(parseInsights(`fields a${" ".repeat(9993)}`)).toMatchObject({
      ok: false,
      diagnostics: [{ offset: 10_000, length: 1 }],
    });
  });

  test("all of its mistakes are found at once", () => {
    const { text, places } = marked(
      'fields a «b», «foo»(1) | «filtr» x | filter «(»path = 1 | filter path = «"»abc\n| stats «count(*, a)» by bin(«300s») | «limit» «200000» | «sort» |«» | stats «max(a, 2)»',
    );
    const parsed = parseInsights(text);
    expect(parsed.ok ? [] : parsed.diagnostics.map(({ offset, length }) => ({ offset, length }))).toEqual(places);
  });
});
