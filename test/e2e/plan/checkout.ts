import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { projectRoot } from "./cli";

/** A git checkout with a copy of this working tree as its first commit. */
export interface Checkout {
  readonly root: string;
  /** Replaces a text of a file, which must be there. */
  readonly replace: (file: string, text: string, by: string) => void;
  /** Commits all changes; returns the hash. */
  readonly commit: (message: string) => string;
}

export function makeCheckout(root: string): Checkout {
  const git = (cwd: string, ...args: readonly string[]): string =>
    execFileSync("git", ["-c", "user.name=test", "-c", "user.email=test@example.com", ...args], {
      cwd,
      encoding: "utf8",
    });
  const files = git(projectRoot, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0");
  for (const file of files) {
    if (file === "") continue;
    mkdirSync(dirname(join(root, file)), { recursive: true });
    cpSync(join(projectRoot, file), join(root, file));
  }
  const commit = (message: string): string => {
    git(root, "add", "--all");
    git(root, "commit", "--quiet", "--message", message);
    return git(root, "rev-parse", "HEAD").trim();
  };
  git(root, "init", "--quiet");
  // A pattern with a slash at its end is none for a link.
  writeFileSync(join(root, ".git", "info", "exclude"), "node_modules\n");
  symlinkSync(join(projectRoot, "node_modules"), join(root, "node_modules"), "dir");
  commit("first");
  return {
    root,
    commit,
    replace: (file, text, by) => {
      const before = readFileSync(join(root, file), "utf8");
      if (!before.includes(text)) throw new Error(`${file} has no ${text}`);
      writeFileSync(join(root, file), before.replaceAll(text, by));
    },
  };
}
