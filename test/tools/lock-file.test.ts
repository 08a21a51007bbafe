import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { projectRoot } from "../../tools/settings";

/** Parts of a lock file: npm documentation, package-lock.json, "packages". */
const lockFile = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      integrity: z.string().optional(),
      inBundle: z.boolean().optional(),
      optionalDependencies: z.record(z.string(), z.string()).optional(),
    }),
  ),
});
const { packages } = lockFile.parse(JSON.parse(readFileSync(join(projectRoot, "package-lock.json"), "utf8")));
const installed = Object.entries(packages).filter(([path]) => path !== "");

/** The folders that Node looks in for what a package requires, from its own up. */
function candidates(path: string, name: string): readonly string[] {
  const own = `${path}/node_modules/${name}`;
  const above = path.lastIndexOf("/node_modules/");
  return above === -1 ? [own, `node_modules/${name}`] : [own, ...candidates(path.slice(0, above), name)];
}

describe("package-lock.json", () => {
  test("names the optional packages of every platform, without which npm ci refuses it", () => {
    const optional = installed.flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).map((name) => ({ path, name })),
    );
    const missing = optional.filter(
      ({ path, name }) => !candidates(path, name).some((at) => packages[at] !== undefined),
    );
    expect(missing.map(({ name }) => name)).toEqual([]);
    expect(optional.length).toBeGreaterThan(0);
  });

  test("has a version and a digest of every package that is not inside another", () => {
    const own = installed.filter(([, { inBundle = false }]) => !inBundle);
    const loose = own.filter(([, { version, integrity }]) => version === undefined || integrity === undefined);
    expect(loose.map(([path]) => path)).toEqual([]);
    expect(own.length).toBeGreaterThan(0);
  });
});
