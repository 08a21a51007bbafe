import { type ChildProcess, spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join, resolve } from "node:path";

export const projectRoot = resolve(__dirname, "../../..");

/** How a run of the command line ended. */
export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The checkout; default: this one. */
  readonly root?: string;
  /** Told of the process as soon as there is one. */
  readonly onStart?: (child: ChildProcess) => void;
}

/** A folder that the tests of a file share, in place of the system's temporary folder. */
export interface Place {
  readonly folder: string;
  /** What runs left behind. */
  readonly leftovers: () => readonly string[];
  readonly remove: () => void;
}

export function makePlace(): Place {
  // Short, for sockets will be in it.
  const folder = mkdtempSync(join(tmpdir(), "e2e-"));
  // What tsx has compiled is everybody's; compiling it all anew takes a second.
  const compiled = `tsx-${userInfo().uid}`;
  mkdirSync(join(tmpdir(), compiled), { recursive: true });
  symlinkSync(join(tmpdir(), compiled), join(folder, compiled), "dir");
  return {
    folder,
    leftovers: () => readdirSync(folder).filter((name) => name !== compiled),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Runs `estate`, with temporary files in a place of its own. */
export function estate(place: Place, args: readonly string[], options: RunOptions = {}): Promise<Run> {
  const { env = {}, root = projectRoot, onStart } = options;
  return new Promise((settle, reject) => {
    const typescript = join(root, "tools", "typescript.cjs");
    const child = spawn(process.execPath, ["--require", typescript, join(root, "tools", "estate.ts"), ...args], {
      cwd: root,
      env: { ...process.env, TMPDIR: place.folder, NO_COLOR: "1", ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const output = { stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output.stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      output.stderr += text;
    });
    child.on("error", reject);
    child.on("close", (code) => settle({ code, ...output }));
    onStart?.(child);
  });
}

/** The processes of terraform that run in a place, by their working folder. */
export function terraformsIn({ folder }: Place): readonly number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return (
          readlinkSync(`/proc/${pid}/cwd`).startsWith(folder) &&
          /terraform/.test(readFileSync(`/proc/${pid}/cmdline`, "utf8"))
        );
      } catch {
        return false;
      }
    })
    .map(Number);
}

/** Waits until something is so. */
export async function until<T>(find: () => T | undefined, seconds = 60): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const found = find();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`it did not come within ${seconds} s`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Parses what must be one JSON document. */
export function document(text: string): unknown {
  return JSON.parse(text);
}

/** Text of a file, where there is one. */
export const textOf = (path: string): string | undefined => (existsSync(path) ? readFileSync(path, "utf8") : undefined);
