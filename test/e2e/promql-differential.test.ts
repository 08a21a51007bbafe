import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, jest, test } from "@jest/globals";
import fc from "fast-check";
import { z } from "zod";
import { checkRuleFile } from "../../checks/rule-files";
import { parseTemplate } from "../../languages/go-template/parse";
import { parsePromql } from "../../languages/promql/parse";
import { debianProgram } from "../../tools/servers/debian";
import { promqlTexts, slipped } from "../languages/promql/arbitrary-promql";
import { scratchFolder, write } from "./support/folders";
import { projectRoot, run } from "./support/process";

/*
 * Our verdict on rules nobody here wrote, held to that of the real promtool. Its version is older than the grammar that is followed
 * here, so that what Prometheus 3 has added is named below, and nothing else may differ.
 */

jest.setTimeout(120_000);
const scratch = scratchFolder("differential");
const promtool = debianProgram({ program: "promtool", package: "promtool" }) ?? "";
const suite = promtool === "" ? describe.skip : describe;

const fixture = (name: string): string => readFileSync(join(projectRoot, "test", "fixtures", "promql", name), "utf8");
const list = (name: string): readonly string[] => z.array(z.string()).parse(JSON.parse(fixture(name)));

/** What promtool refuses of so many rules in one file, by the number of the rule: one call for thousands. */
async function refusals(name: string, rules: readonly string[]): Promise<ReadonlyMap<number, string>> {
  const file = write(join(scratch, name), `groups:\n- name: g\n  rules:\n${rules.join("")}`);
  const { stdout, stderr } = await run(promtool, ["check", "rules", "--lint=none", file]);
  const told = stdout + stderr;
  expect(told).toMatch(/SUCCESS|FAILED/);
  const found = new Map(
    [...told.matchAll(/group "g", rule \d+, "n(\d+)": ([^\n]*)/g)].map(([, index, message = ""]) => [
      Number(index),
      message,
    ]),
  );
  expect(found.size > 0).toBe(/FAILED/.test(told));
  return found;
}

const asRecord = (expr: string, index: number): string => `  - record: n${index}\n    expr: ${JSON.stringify(expr)}\n`;
const asAnnotation = (text: string, index: number): string =>
  `  - alert: n${index}\n    expr: up == 0\n    annotations: {a: ${JSON.stringify(text)}}\n`;

/** What an older promtool says of what Prometheus 3 allows: numbers for durations and the other way round, quoted names, offsets of 0. */
const NEW_IN_3 =
  /missing unit character in duration|unexpected duration "|unexpected number "[^"]*" in offset|unexpected <op:\+> in offset|unexpected string .* in grouping opts|duration must be greater than 0/;

/** Differences that are meant: `undefined` for none. */
function meant(expr: string, refusal: string | undefined): string | undefined {
  const parsed = parsePromql(expr);
  if (refusal !== undefined && parsed.ok) {
    if (parsed.value.experimental.length > 0) return "needs a feature flag, which is a warning here";
    if (NEW_IN_3.test(refusal) || (/\d_\d/.test(expr) && /bad number/.test(refusal))) return "new in Prometheus 3";
    if (/<\/|>\//.test(expr)) return "new in Prometheus 3";
  }
  if (refusal === undefined && !parsed.ok) {
    const messages = parsed.diagnostics.map(({ message }) => message).join("\n");
    if (/"holt_winters"/.test(messages)) return "gone in Prometheus 3";
    if (/label_replace/.test(expr) && /regular expression/.test(messages)) return "refused when it is evaluated";
  }
  return undefined;
}

const differences = (exprs: readonly string[], refused: ReadonlyMap<number, string>): readonly string[] =>
  exprs.flatMap((expr, index) => {
    const refusal = refused.get(index);
    const parsed = parsePromql(expr);
    if (parsed.ok === (refusal === undefined) || meant(expr, refusal) !== undefined) return [];
    return [
      `${expr}\n  here: ${parsed.ok ? "right" : parsed.diagnostics[0]?.message}\n  promtool: ${refusal ?? "right"}`,
    ];
  });

suite(`rules nobody here wrote${promtool === "" ? " (not run: no promtool)" : ""}`, () => {
  test("hard queries are right or wrong as promtool has it", async () => {
    const exprs = fixture("queries.txt")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => line.replaceAll("\\n", "\n"));
    expect(exprs.length).toBeGreaterThan(400);
    expect(differences(exprs, await refusals("hard.yaml", exprs.map(asRecord)))).toEqual([]);
  });

  test.each([1, 2, 3])("so are generated queries, and slips of the hand in them (%s)", async (seed) => {
    const numRuns = 2000;
    const texts = [
      ...fc.sample(promqlTexts, { numRuns, seed }),
      ...fc.sample(slipped(promqlTexts), { numRuns, seed: -seed }),
    ];
    // An empty expression is a missing field, and a very long one is not checked here.
    const exprs = [...new Set(texts)].filter((text) => text.trim() !== "" && text.length < 1500);
    const refused = await refusals(`generated-${seed}.yaml`, exprs.map(asRecord));
    expect(differences(exprs, refused)).toEqual([]);
    const share = 1 - refused.size / exprs.length;
    expect(share).toBeGreaterThan(0.15);
    expect(share).toBeLessThan(0.85);
  });

  test("templates are right or wrong as promtool has it", async () => {
    const hard = list("templates.json");
    const texts = [...new Set([...hard, ...fc.sample(slipped(fc.constantFrom(...hard)), { numRuns: 3000, seed: 1 })])];
    const refused = await refusals("templates.yaml", texts.map(asAnnotation));
    const wrong = texts.filter((text, index) => {
      const refusal = refused.get(index);
      if (refusal !== undefined && /function "(?:toDuration|now|urlQueryEscape)" not defined/.test(refusal))
        return false;
      return parseTemplate(text).ok !== (refusal === undefined);
    });
    expect(wrong).toEqual([]);
    expect(refused.size).toBeGreaterThan(500);
  });

  test("files are refused or taken as promtool has it", async () => {
    const sources = list("rule-files.json");
    expect(sources.length).toBeGreaterThan(300);
    const files = sources.map((source, index) => write(join(scratch, "files", `${index}.yaml`), source));
    const { stderr } = await run(promtool, ["check", "rules", "--lint=none", ...files]);
    const refused = new Set([...stderr.matchAll(/\/files\/(\d+)\.yaml: /g)].map(([, index]) => Number(index)));
    const told = sources.map((source) => checkRuleFile(source, "x", {}).findings);
    const differ = sources.filter((source, index) => {
      const ours = (told[index] ?? []).filter(({ id, level }) => level === "error" && !isStricter(id));
      return ours.length > 0 !== refused.has(index) && !isNewIn3(source);
    });
    expect(differ).toEqual([]);
    expect(refused.size).toBeGreaterThan(100);
  });
});

/** Files that hold nothing, or nothing behind their first document, are taken by Prometheus and told here. */
const isStricter = (id: string): boolean => id === "rule-file/empty" || id === "rule-file/documents";

/** Labels of groups, and names outside of the classic alphabet. */
const isNewIn3 = (source: string): boolean =>
  /\n {2}labels:/.test(source) ||
  checkRuleFile(source, "x", {}).findings.some(({ id }) => id === "rule-file/quoted-name");
