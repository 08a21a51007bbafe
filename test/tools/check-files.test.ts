import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { checkFiles } from "../../tools/check-files";

const folder = mkdtempSync(join(tmpdir(), "estate-check-files-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, content: string | Buffer): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

const good = "groups:\n- name: g\n  rules:\n  - {record: a, expr: up}\n";

describe("a file that cannot be checked is one finding", () => {
  mkdirSync(join(folder, "rules"));
  test.each([
    ["that is not there", join(folder, "nowhere.yaml"), "rule-file/unreadable", /no such file/],
    ["that is a folder", join(folder, "rules"), "rule-file/unreadable", /folder; name the files in it/],
    ["that is empty", write("empty.yaml", ""), "rule-file/empty", /is empty/],
    ["that is no text", write("binary.yaml", Buffer.from([0xff, 0xfe, 0x00])), "rule-file/yaml", /no text in UTF-8/],
    ["that is no YAML", write("broken.yaml", "groups: [\n"), "rule-file/yaml", /no YAML/],
    ["that is something else", write("other.yaml", "receivers: []\n"), "rule-file/unknown-key", /no field "receivers"/],
  ])("%s", (_what, file, id, message) => {
    const { findings } = checkFiles([file], {});
    expect(findings).toMatchObject([{ id, level: "error", where: { file }, message: expect.stringMatching(message) }]);
  });

  test("and hides nothing of the others", () => {
    const files = [
      join(folder, "nowhere.yaml"),
      write("good.yaml", good),
      write("bad.yaml", good.replace("expr: up", "expr: up >")),
    ];
    const { findings, rules } = checkFiles(files, {});
    expect(findings.map(({ id }) => id)).toEqual(["rule-file/unreadable", "promql/syntax"]);
    expect(rules).toBe(2);
  });
});

test("a file that is named twice is checked once", () => {
  const file = write("twice.yaml", good);
  expect(checkFiles([file, file], {}).rules).toBe(1);
});
