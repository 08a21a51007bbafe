import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { canMount, isolated } from "../support/disk";
import { scratchFolder, write } from "../support/folders";
import { findOnPath } from "../support/path";
import { exampleCatalogFile, projectRoot, type Ran, run } from "../support/process";

const scratch = scratchFolder("full-disk");

/** A terraform before which something happens at one step; `$disk` is the temporary folder. */
const disturbed = (name: string, step: string, disturb: string): string =>
  write(
    join(scratch, name),
    `#!/bin/sh\ndisk=$DISK\n[ "$1" = "${step}" ] && ${disturb}\nexec '${findOnPath("terraform")}' "$@"\n`,
    0o755,
  );

const plan = `"$estate" plan on-call prod --catalog "$catalog"`;

/** What two plans say, of which the first meets a full disk; and what is left after each. */
interface Twice {
  readonly first: Ran;
  readonly left: readonly string[];
  readonly second: Ran;
}

/**
 * Plans twice in a temporary folder of its own, the second time with a terraform that nothing happens to.
 * @param prepare What is done to the folder first, as `$disk`.
 */
async function twice(name: string, terraform: string, prepare: string, shell: readonly string[]): Promise<Twice> {
  const disk = join(scratch, name);
  // What tsx has compiled is everybody's; compiling it all anew would take seconds.
  const script = `estate=$1; catalog=$2; disk=$3; terraform=$4
    mkdir "$disk"; ${prepare}
    for compiled in "\${TMPDIR:-/tmp}"/tsx-*; do [ -d "$compiled" ] && ln -s "$compiled" "$disk/tsx-$(id -u)"; break; done
    export TMPDIR="$disk"
    status=0; TERRAFORM_BINARY_NAME="$terraform" ${plan} || status=$?
    rm -f "$disk/filler"
    echo "--- $status $(ls "$disk" | grep -v ^tsx- | tr '\\n' ' ')"; echo '---' >&2
    ${plan}`;
  const [program, ...args] = [...shell, script, "sh", join(projectRoot, "estate"), exampleCatalogFile, disk, terraform];
  const { status, stdout, stderr } = await run(program ?? "", args);
  const [before = "", after = ""] = stderr.split("---\n");
  const [, said = "", code = "", left = "", later = ""] = /^(.*)--- (\d+) ([^\n]*)\n(.*)$/s.exec(stdout) ?? [];
  return {
    first: { status: Number(code), stdout: said, stderr: before },
    left: left.split(" ").filter((entry) => entry !== ""),
    second: { status, stdout: later, stderr: after },
  };
}

function expectTold({ first, left, second }: Twice, told: RegExp): void {
  expect(first.stderr).toMatch(told);
  expect(first.status).toBe(1);
  expect(first.stderr).not.toContain("defect");
  // No colours and no frames of terraform's own.
  expect(first.stderr).not.toMatch(/\[\d+m|[╷│╵]/);
  expect(left).toEqual([]);
  expect(second.stderr).not.toContain("error");
  expect(second.stdout).toMatch(/offline plan: \d+ to create, in /);
  expect(second.status).toBe(0);
}

const fix = "\n +fix: make room on the disk of .*/stacks/on-call, or set TMPDIR to a folder on another one\n";

describe("a plan that terraform cannot write whole", () => {
  test("is told: a limit of a file's size is a full disk that needs no privilege", async () => {
    const terraform = disturbed("limited", "plan", "ulimit -f 2");
    expectTold(
      await twice("small", terraform, ":", ["sh", "-c"]),
      new RegExp(`on-call, plan: the disk is full, and terraform could not write${fix}`),
    );
  }, 60_000);

  test("is told as well when terraform does not notice", async () => {
    const cut = write(
      join(scratch, "cut"),
      `#!/bin/sh
      if [ "$1" != plan ]; then exec '${findOnPath("terraform")}' "$@"; fi
      status=0; '${findOnPath("terraform")}' "$@" || status=$?
      for each; do case $each in -out=*) plan=\${each#-out=}; head -c 3000 "$plan" >"$plan.cut"; mv "$plan.cut" "$plan" ;; esac; done
      exit "$status"\n`,
      0o755,
    );
    expectTold(
      await twice("shorter", cut, ":", ["sh", "-c"]),
      new RegExp(`on-call, show: the plan that terraform wrote cannot be read, as when the disk is full${fix}`),
    );
  }, 60_000);
});

/** Steps of a plan before which the disk gets full, and what is said of it. */
const steps: readonly (readonly [string, RegExp])[] = [
  ["init", new RegExp(`on-call, init: the disk is full, and terraform could not write${fix}`)],
  ["plan", new RegExp(`on-call, plan: the disk is full, and terraform could not write${fix}`)],
  ["show", /error: cannot write to .*: ENOSPC: .*\n {2}fix: make room there, or set TMPDIR to another folder\n/],
];

(canMount ? describe : describe.skip)("a real disk that is full (skipped where no disk can be mounted)", () => {
  test.each(steps)(
    "before terraform %s is told, nothing is left, and the next plan works",
    async (step, told) => {
      const terraform = disturbed(step, step, `head -c 100m /dev/zero >"${join(scratch, `disk-${step}`)}/filler" 2>&-`);
      const mount = 'mount -t tmpfs -o size=8m none "$disk"';
      expectTold(await twice(`disk-${step}`, terraform, mount, [...isolated, "sh", "-c"]), told);
    },
    60_000,
  );
});
