import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { scratchFolder } from "./support/folders";
import { estate, projectRoot, run } from "./support/process";

const scratch = scratchFolder("readme");

describe("the commands of the README, as they stand there", () => {
  test.each([
    ["synth", /^prod +\d+/m],
    ["synth prod", /^prod +\d+/m],
    ["check", /nothing to mend: 10 services in 3 environments/],
    ["check --rules", /^alert\/no-runbook +Whoever is woken/m],
    ["list", /^app-service +backend +1 +ecs-service +\d+ +2 +\d+ +\d+$/m],
    ["list alerts", /^redis +RedisDown +SEV-1 +prometheus .* page, #/m],
  ])("./estate %s", async (command, printed) => {
    const env = { CDKTF_OUTDIR: join(scratch, "cdktf.out") };
    const { status, stdout, stderr } = await estate(command.split(" "), { env });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(printed);
  });

  test("print what the picture shows", async () => {
    const pictures = join(scratch, "pictures");
    mkdirSync(pictures);
    const { status } = await run("npm", ["run", "--silent", "pictures", "--", "--out", pictures], { cwd: projectRoot });
    expect(status).toBe(0);
    expect(readFileSync(join(pictures, "synth.svg"), "utf8")).toBe(
      readFileSync(join(projectRoot, "docs", "images", "synth.svg"), "utf8"),
    );
  });
});
