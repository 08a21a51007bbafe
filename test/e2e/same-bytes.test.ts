import { existsSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, jest, test } from "@jest/globals";
import { bytesOf, copyProject, pathsOf, scratchFolder, write } from "./support/folders";
import { estate, projectRoot, run } from "./support/process";

jest.setTimeout(120_000);
const scratch = scratchFolder("same-bytes");

/** The real estate, as `./estate synth` writes it here. */
const here = join(scratch, "here");
beforeAll(async () => {
  const { status, stderr } = await estate(["synth", "--out", here]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});

/** A copy of this project that shares its packages. */
function projectAt(folder: string): string {
  copyProject(folder);
  symlinkSync(join(projectRoot, "node_modules"), join(folder, "node_modules"));
  return folder;
}

test("the estate has stacks, artifacts and a manifest", () => {
  expect(pathsOf(here)).toEqual(
    expect.arrayContaining([
      "artifacts/prod/prometheus/app-service.rules.yaml",
      "manifest.json",
      "stacks/dev/cdk.tf.json",
      "stacks/on-call/cdk.tf.json",
      "stacks/prod/cdk.tf.json",
      "stacks/staging/cdk.tf.json",
    ]),
  );
});

describe("the same bytes come", () => {
  test("from cdktf synth", async () => {
    const project = projectAt(join(scratch, "cdktf"));
    const { status, stdout } = await run("node_modules/.bin/cdktf", ["synth"], {
      cwd: project,
      env: { CI: "1", CHECKPOINT_DISABLE: "1", HOME: join(scratch, "home") },
    });
    expect(stdout).toContain("Generated Terraform code for the stacks: dev, on-call, prod, staging");
    expect(status).toBe(0);
    expect(bytesOf(join(project, "cdktf.out"))).toEqual(bytesOf(here));
  });

  test("in another folder, whatever its name", async () => {
    const project = projectAt(join(scratch, "Über all (2)", "my $estate"));
    const { status, stderr } = await run(join(project, "estate"), ["synth"], { cwd: scratch });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(bytesOf(join(project, "cdktf.out"))).toEqual(bytesOf(here));
  });

  test.each([
    ["Turkish, half a world away", { LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8", TZ: "Pacific/Kiritimati" }],
    ["no locale, west of everything", { LANG: undefined, LC_ALL: "C", TZ: "Etc/GMT+12" }],
    ["Lithuanian, in continuous integration", { LANG: "lt_LT.UTF-8", LC_ALL: "lt_LT.UTF-8", CI: "true", TZ: "UTC" }],
  ])("in %s", async (name, env) => {
    const out = join(scratch, name);
    const { status } = await estate(["synth", "--out", out], { env });
    expect(status).toBe(0);
    expect(bytesOf(out)).toEqual(bytesOf(here));
  });

  test("over an earlier output, whatever it was", async () => {
    const out = join(scratch, "again");
    write(join(out, "stacks", "gone", "cdk.tf.json"), "{}");
    write(join(out, "stacks", "prod", "cdk.tf.json"), "not JSON");
    const { status } = await estate(["synth", "--out", out]);
    expect(status).toBe(0);
    expect(bytesOf(out)).toEqual(bytesOf(here));
  });
});

test("cdktf synth of a catalog that is refused fails, and tells why", async () => {
  const catalog = write(join(scratch, "bad.ts"), 'throw new Error("the table is empty");');
  const out = join(scratch, "refused");
  const { status, stdout, stderr } = await run("node_modules/.bin/cdktf", ["synth", "--output", out], {
    env: { CI: "1", CHECKPOINT_DISABLE: "1", HOME: join(scratch, "home"), ESTATE_CATALOG: catalog },
  });
  expect(status).toBe(1);
  expect(stdout + stderr).toContain("bad.ts:1: the catalog does not load: the table is empty");
  expect(existsSync(out)).toBe(false);
});
