import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { debianProgram } from "../tools/servers/debian";
import { projectRoot } from "../tools/settings";
import { textTable } from "../tools/text-table";
import { childSeconds } from "./child-cpu";
import { generatedRuleFile } from "./generate-rules";
import { median } from "./measurement";

/** Medians of a whole process. */
interface Times {
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
}

/** What checking so many rules in so many files took us, and promtool, which looks at their form alone. */
export interface CheckMeasurement {
  readonly rules: number;
  readonly files: number;
  readonly runs: number;
  readonly ours: Times;
  /** Absent where there is no promtool. */
  readonly promtool?: Times;
}

/** One run of a program that must succeed. */
function time(command: readonly string[]): Times {
  const start = performance.now();
  const printed = execFileSync("sh", ["-c", '"$@" >/dev/null || exit; times', "sh", ...command], {
    cwd: projectRoot,
    encoding: "utf8",
  });
  return { wallSeconds: (performance.now() - start) / 1000, cpuSeconds: childSeconds(printed) };
}

const medians = (times: readonly Times[]): Times => ({
  wallSeconds: median(times.map(({ wallSeconds }) => wallSeconds)),
  cpuSeconds: median(times.map(({ cpuSeconds }) => cpuSeconds)),
});

/** Checks generated files by `estate check` and by `promtool check rules`, in turns, so that both meet the same machine. */
export function measureCheck(rules: number, files: number, runs: number): CheckMeasurement {
  const folder = mkdtempSync(join(tmpdir(), "estate-bench-check-"));
  const promtool = debianProgram({ program: "promtool", package: "promtool" });
  try {
    const each = rules / files;
    const paths = Array.from({ length: files }, (_, index) => {
      const path = join(folder, `${index}.yaml`);
      writeFileSync(path, generatedRuleFile(each, index * each));
      return path;
    });
    const turns = Array.from({ length: runs }, () => ({
      ours: time(["./estate", "check", ...paths]),
      promtool: promtool === undefined ? undefined : time([promtool, "check", "rules", "--lint=none", ...paths]),
    }));
    const theirs = turns.flatMap((turn) => (turn.promtool === undefined ? [] : [turn.promtool]));
    return {
      rules,
      files,
      runs,
      ours: medians(turns.map(({ ours }) => ours)),
      ...(theirs.length === 0 ? {} : { promtool: medians(theirs) }),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The measurements as a table: a row for each program. */
export const checkTable = (measured: readonly CheckMeasurement[]): string =>
  textTable(
    ["rules", "files", "check", "wall s", "CPU s"],
    measured.flatMap(({ rules, files, ours, promtool }) =>
      Object.entries({ "estate check": ours, "promtool check rules": promtool }).flatMap(([name, times]) =>
        times === undefined ? [] : [[rules, files, name, times.wallSeconds.toFixed(2), times.cpuSeconds.toFixed(2)]],
      ),
    ),
  );
