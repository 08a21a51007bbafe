import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { scratchFolder, write } from "./support/folders";
import { estate, projectRoot, run } from "./support/process";

const scratch = scratchFolder("check-files");
const fixtures = join(projectRoot, "test", "fixtures", "rules");

const rule = (expr: string): string => `groups:\n- name: g\n  rules:\n  - alert: A\n    expr: ${expr}\n`;
const refused = write(join(scratch, "refused.yaml"), rule("rate(up) > 1"));
const fragile = write(join(scratch, "fragile.yaml"), rule("topk(3, x) > 1"));

const document = z.object({
  findings: z.array(z.object({ id: z.string(), level: z.string(), where: z.looseObject({}), docs: z.string() })),
});

describe("estate check with rule files", () => {
  test("says how many rules it found nothing wrong with", async () => {
    const { status, stdout, stderr } = await run("sh", ["-c", './estate check "$0"/*.yaml', fixtures]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^nothing to mend: \d+ rules in 3 files\n$/);
  });

  test("asks for no catalog", async () => {
    const env = { ESTATE_CATALOG: join(scratch, "nowhere.ts") };
    expect((await estate(["check", join(fixtures, "nodes.yaml")], { env })).status).toBe(0);
  });

  test("exits 1 on an error, and tells it with its line and the page that explains it", async () => {
    const { status, stdout, stderr } = await estate(["check", refused], { cwd: scratch });
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(/^refused\.yaml\n {2}error {2}line 5 › g › A › expr: rate\(\) needs a range vector/);
    expect(stderr).toMatch(/promql\/type\n {9}fix: .*\n\n1 error, 0 warnings\n.*docs\/checks\.md/);
  });

  test("exits 0 on a warning", async () => {
    const { status, stderr } = await estate(["check", fragile]);
    expect(status).toBe(0);
    expect(stderr).toMatch(/0 errors, 1 warning/);
  });

  test("exits 1 on files that are not there, without a trace", async () => {
    const { status, stderr } = await estate(["check", join(scratch, "nowhere.yaml"), scratch]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/2 errors, 0 warnings/);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test.each([["--json"], ["--format=json"]])("%s prints one document and nothing else", async (option) => {
    const { status, stdout, stderr } = await estate(["check", option, refused, fragile], { cwd: scratch });
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    expect(document.parse(JSON.parse(stdout)).findings).toMatchObject([
      { id: "promql/type", level: "error", where: { file: "refused.yaml", group: "g", rule: "A", line: 5 } },
      { id: "promql/fragile-topk", level: "warning", where: { file: "fragile.yaml", group: "g", rule: "A", line: 5 } },
    ]);
  });

  test("--format github prints annotations", async () => {
    const { status, stdout } = await estate(["check", "--format", "github", refused, fragile], { cwd: scratch });
    expect(status).toBe(1);
    expect(stdout).toMatch(/^::error file=refused\.yaml,line=5,title=promql\/type::g › A › expr: .*%0Afix: /);
    expect(stdout).toMatch(/\n::warning file=fragile\.yaml,line=5,title=promql\/fragile-topk::/);
  });

  test("judges ranges by the interval that is given", async () => {
    const short = write(join(scratch, "short.yaml"), rule("rate(x[1m]) > 1"));
    expect((await estate(["check", short])).stdout).toMatch(/nothing to mend: 1 rule in 1 file/);
    expect((await estate(["check", "--scrape-interval", "30s", short])).stderr).toMatch(/promql\/short-range/);
  });
});

test("estate check --format github of a catalog prints what is wrong with it, and exits 1", async () => {
  const catalog = join(projectRoot, "test", "fixtures", "bad", "every-mistake.ts");
  const { status, stdout } = await estate(["check", "--format", "github", "--catalog", catalog]);
  expect(status).toBe(1);
  const lines = stdout.trim().split("\n");
  expect(lines.length).toBeGreaterThan(50);
  expect(lines.filter((line) => !/^::(?:error|warning) file=.*,title=[\w-]+\/[\w-]+::\S/.test(line))).toEqual([]);
});
