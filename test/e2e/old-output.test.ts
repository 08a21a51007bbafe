import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, jest, test } from "@jest/globals";
import { canMount, isolated } from "./support/disk";
import { bytesOf, scratchFolder, write } from "./support/folders";
import { estate, exampleCatalogFile, projectRoot, type Ran, run } from "./support/process";

jest.setTimeout(60_000);
const scratch = scratchFolder("old-output");
const synth = ["synth", "--catalog", exampleCatalogFile] as const;

/** A user's mistake is told in words, on stderr only. */
function expectTold({ status, stdout, stderr }: Ran, reason: RegExp): void {
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toMatch(reason);
  expect(stderr).not.toMatch(/\n\s+at |defect of estate/);
}

/** What the output was before, and is after everything that fails. */
const out = join(scratch, "out");
let before: Readonly<Record<string, string>> = {};
beforeAll(async () => {
  // One stack only, so that what fails would have written more.
  const { status, stderr } = await estate([...synth, "prod", "--out", out]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  write(join(out, "stacks", "prod", ".terraform.lock.hcl"), "# Terraform's");
  before = bytesOf(out);
  expect(Object.keys(before)).toContain("stacks/prod/cdk.tf.json");
});

const expectUntouched = (): void => {
  expect(bytesOf(out)).toEqual(before);
  expect(readdirSync(out).sort()).toEqual(["artifacts", "manifest.json", "stacks"]);
};

/** A catalog around the example service with other options. */
const catalogWith = (name: string, options: string): string =>
  write(
    join(scratch, `${name}.ts`),
    `import { exampleCatalog, exampleService } from ${JSON.stringify(join(dirname(exampleCatalogFile), "example"))};
export default exampleCatalog([exampleService(${options})]);
`,
  );

describe("the previous output survives a catalog", () => {
  test.each([
    ["that is refused", () => catalogWith("refused", '{ team: "bakend" }'), /Did you mean "backend"\?/],
    [
      "that holds a secret",
      () => catalogWith("holds", '{ description: "key AKIAIOSFODNN7EXAMPLE" }'),
      /it seems to hold an AWS access key {2}secret\/literal/,
    ],
    ["that throws", () => write(join(scratch, "throws.ts"), "throw new Error('no');"), /throws\.ts:1: .*: no; npx tsc/],
    ["that is not there", () => join(scratch, "nowhere.ts"), /no such catalog/],
  ])("%s", async (_, catalog, reason) => {
    expectTold(await estate(["synth", "--catalog", catalog(), "--out", out]), reason);
    expectUntouched();
  });

  test("none of whose stacks is meant", async () => {
    expectTold(await estate([...synth, "qa", "--out", out]), /no stack matches "qa"/);
    expectUntouched();
  });
});

describe("an output folder that", () => {
  test.each([
    ["is a file", join(scratch, "file")],
    ["is below a file", join(scratch, "file", "out")],
  ])("%s is told", async (_, folder) => {
    write(join(scratch, "file"), "in the way");
    expectTold(
      await estate([...synth, "--out", folder]),
      /error: cannot write to the output folder .*: E(EXIST|NOTDIR)/,
    );
  });

  test("is not for this user to write to is told", async () => {
    // Root may write everywhere; a path that the kernel owns refuses root too.
    const root = process.getuid?.() === 0;
    const folder = root ? "/proc/self" : join(scratch, "read-only");
    if (!root) mkdirSync(folder, { mode: 0o555 });
    expectTold(
      await estate([...synth, "--out", folder]),
      /error: cannot write to the output folder .*: E(ACCES|NOENT|PERM)/,
    );
  });
});

describe("a disk that fills while the output is written", () => {
  /** Half-way through a file, as the size limit of files has it: of 512 bytes a block in some shells, of 1,024 in others. */
  const limited = ["sh", "-c", 'ulimit -f 8; exec "$@"', "sh"] as const;

  test("stops it with one sentence, and the previous output survives", async () => {
    const [program, ...args] = [...limited, join(projectRoot, "estate"), ...synth, "--out", out];
    expectTold(
      await run(program ?? "", args),
      /^error: cannot write to the output folder .*: EFBIG: .*; the previous output is untouched\n$/,
    );
    expectUntouched();
  });

  test("in a folder that is new leaves none", async () => {
    const folder = join(scratch, "new", "out");
    const [program, ...args] = [...limited, join(projectRoot, "estate"), ...synth, "--out", folder];
    expectTold(await run(program ?? "", args), /EFBIG/);
    expect(existsSync(join(scratch, "new"))).toBe(false);
  });
});

/*
 * A disk of a size of our own, seen by one process only and gone with it, takes a Linux that lets us have one. Where it does not, the size
 * limit above has shown the same of a disk that refuses.
 */
describe.each(canMount ? ["ENOSPC", "EROFS"] : [])("a real disk that answers %s", (code) => {
  const steps = {
    // 24 KiB beside the output are too few for the whole estate.
    ENOSPC: 'mount -o remount,size=$(($(du -sk "$disk" | cut -f1) + 24))k none "$disk"',
    EROFS: 'mount -o remount,ro none "$disk"',
  };
  const script = `set -e
    disk=$1; estate=$2; catalog=$3; kept=$4
    mount -t tmpfs -o size=4m none "$disk"
    "$estate" synth prod --catalog "$catalog" --out "$disk/out" >/dev/null
    cp -r "$disk/out" "$kept/before"
    ${code === "ENOSPC" ? steps.ENOSPC : steps.EROFS}
    status=0; "$estate" synth --catalog "$catalog" --out "$disk/out" || status=$?
    cp -r "$disk/out" "$kept/after"
    exit "$status"`;

  test("stops it with one sentence, and the previous output survives", async () => {
    const [disk, kept] = [join(scratch, code, "disk"), join(scratch, code, "kept")];
    for (const folder of [disk, kept]) mkdirSync(folder, { recursive: true });
    const shell = ["sh", "-c", script, "sh", disk, join(projectRoot, "estate"), exampleCatalogFile, kept];
    const ran = await run(isolated[0], [...isolated.slice(1), ...shell]);
    expectTold(ran, new RegExp(`^error: cannot write to the output folder .*: ${code}: .*\n$`));
    const after = bytesOf(join(kept, "after"));
    expect(after).toEqual(bytesOf(join(kept, "before")));
    expect(Object.keys(after)).toContain("stacks/prod/cdk.tf.json");
    expect(readdirSync(join(kept, "after")).sort()).toEqual(["artifacts", "manifest.json", "stacks"]);
  });
});
