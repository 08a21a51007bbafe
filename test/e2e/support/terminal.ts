import { spawn } from "node:child_process";
import { onPath } from "./path";
import { projectRoot } from "./process";

/** The program that gives another a terminal, where it is that of util-linux (its options are not those of BSD's). */
const script = process.platform === "linux" ? onPath("script") : undefined;

/** Whether this machine lets a program believe that a person sits at it. */
export const hasTerminal = script !== undefined;

export interface TerminalRun {
  readonly status: number | null;
  /** What the person saw, their own typing included; lines end as on a terminal. */
  readonly seen: string;
}

const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;

/**
 * Runs a program at a terminal, where a person waits for a question and then types.
 * @param typed Keys, as the terminal gets them: `\r` is Enter, `\u0003` Ctrl-C, `\u0004` Ctrl-D.
 */
export function atTerminal(
  command: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  question: string,
  typed: string,
): Promise<TerminalRun> {
  return new Promise((done, fail) => {
    const args = ["--quiet", "--return", "--flush", "--command", command.map(quoted).join(" "), "/dev/null"];
    const child = spawn(script ?? "script", args, { cwd: projectRoot, env, stdio: ["pipe", "pipe", "inherit"] });
    let seen = "";
    let asked = false;
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      seen += text;
      if (asked || !seen.includes(question)) return;
      asked = true;
      child.stdin.write(typed);
    });
    child.on("error", fail);
    child.on("close", (status) => done({ status, seen }));
  });
}
