import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, jest, test } from "@jest/globals";
import { scratchFolder, write } from "./support/folders";
import { estate } from "./support/process";

jest.setTimeout(60_000);
const scratch = scratchFolder("runbooks");
const folder = join(scratch, "docs", "runbooks");
const runbooks = (...args: readonly string[]) => estate(["runbooks", "--folder", folder, ...args]);

test("the shipped runbooks are those of the shipped alerts", async () => {
  const { status, stdout, stderr } = await estate(["runbooks"]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toMatch(/^\d+ alerts, 0 problems; \d+ pages not reviewed by anybody\n$/);
});

test("are begun, kept, and refused when they are no longer true", async () => {
  rmSync(scratch, { recursive: true, force: true });
  write(join(scratch, "docs", "incidents.md"), "## Escalation\n");
  write(join(scratch, "docs", "post-mortem.md"), "# Post-mortem\n");
  expect((await runbooks()).status).toBe(1);
  expect(await runbooks("--write")).toMatchObject({ status: 0, stderr: "" });

  const page = join(folder, "high-error-rate.md");
  const written = readFileSync(page, "utf8");
  writeFileSync(
    page,
    written.replace("| SEV-1 | above 1% |", "| SEV-2 | above 1% |").replace("## Look", "Ask Hanna.\n\n## Look"),
  );
  rmSync(join(folder, "watchdog.md"));
  const { status, stdout } = await runbooks("--json");
  expect(status).toBe(1);
  expect(JSON.parse(stdout).problems.map(({ page: name }: { readonly page: string }) => name)).toEqual([
    "high-error-rate.md",
    "watchdog.md",
  ]);

  expect((await runbooks("--write")).stdout).toMatch(/high-error-rate\.md\n.*watchdog\.md\n/);
  expect(readFileSync(page, "utf8")).toBe(written.replace("## Look", "Ask Hanna.\n\n## Look"));
  expect(readdirSync(folder)).toContain("watchdog.md");
});
