import { readdirSync, readFileSync } from "node:fs";

/** Linux tells times to programs in hundredths of a second, whatever it counts in itself (proc(5), sysconf(3) `_SC_CLK_TCK`). */
const ticksPerSecond = 100;

/** CPU seconds of a process, user and system, if it is of the group. `stat`: its `/proc/PID/stat` (proc_pid_stat(5)). */
export function secondsOf(stat: string, group: number): number {
  // The second field is the program's name in parentheses, which may itself hold spaces and parentheses.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [, , owner] = fields;
  return Number(owner) === group ? (Number(fields[11]) + Number(fields[12])) / ticksPerSecond : 0;
}

function statOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    // It has ended meanwhile.
    return "";
  }
}

/** CPU seconds that the living processes of a group have had so far; NaN where the system has no `/proc`. */
export function groupSeconds(group: number): number {
  if (process.platform !== "linux") return Number.NaN;
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.reduce((total, pid) => total + secondsOf(statOf(pid), group), 0);
}
