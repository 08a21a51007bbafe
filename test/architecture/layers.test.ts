import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, test } from "@jest/globals";

const root = resolve(__dirname, "../..");

/** What each folder may import of the others: the picture of docs/architecture.md. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  model: [],
  languages: ["model"],
  alerts: ["model"],
  catalog: ["alerts", "model"],
  dashboards: ["model"],
  constructs: ["dashboards", "languages", "model", "providers"],
  checks: ["constructs", "dashboards", "languages", "model"],
  proof: ["constructs", "languages", "model"],
  simulator: ["constructs", "languages", "model", "proof"],
  incidents: ["checks", "constructs", "languages", "model"],
  conformance: ["model"],
  stacks: ["constructs", "model", "providers"],
  offline: ["model"],
  tools: [
    "alerts",
    "checks",
    "conformance",
    "constructs",
    "dashboards",
    "incidents",
    "model",
    "offline",
    "proof",
    "simulator",
    "stacks",
  ],
};

/** Packages that only the edge may use: the core knows no Terraform. */
const edgeOnly = /^(cdktf|constructs|@cdktf\/.*|commander|node:fs|node:child_process|node:process)$/;
const pure = [
  "model",
  "languages",
  "alerts",
  "catalog",
  "dashboards",
  "checks",
  "incidents",
  "proof",
  "simulator",
  "conformance",
];

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : path.endsWith(".ts") ? [path] : [];
  });

interface Import {
  readonly file: string;
  readonly target: string;
}

const imports = (folder: string): readonly Import[] =>
  filesBelow(join(root, folder)).flatMap((path) =>
    [...readFileSync(path, "utf8").matchAll(/^(?:import|export)\b[^"';]*?from "([^"]+)"|import\("([^"]+)"\)/gm)].map(
      ([, from, lazy]) => ({ file: relative(root, path), target: from ?? lazy ?? "" }),
    ),
  );

/** The folder at the root that a relative import leads to. */
const folderOf = ({ file, target }: Import): string =>
  relative(root, resolve(root, dirname(file), target)).split("/")[0] ?? "";

describe.each(Object.entries(mayImport))("%s", (folder, allowed) => {
  const found = imports(folder);

  test("imports only what is below it", () => {
    const upward = found
      .filter(({ target }) => target.startsWith("."))
      .filter((edge) => ![folder, ...allowed].includes(folderOf(edge)));
    expect(upward).toEqual([]);
    expect(found.length).toBeGreaterThan(0);
  });

  if (pure.includes(folder)) {
    test("knows neither Terraform nor disk nor processes", () => {
      expect(found.filter(({ target }) => edgeOnly.test(target))).toEqual([]);
    });

    test("asks neither the clock, nor chance, nor the environment", () => {
      const asking = filesBelow(join(root, folder)).filter((path) =>
        /\bDate\.now\(|new Date\(\)|Math\.random\(|\bprocess\.(env|cwd|argv)\b|toLocale\w+\(|localeCompare\(/.test(
          readFileSync(path, "utf8"),
        ),
      );
      expect(asking.map((path) => relative(root, path))).toEqual([]);
    });
  }
});

test("provider packages are imported by resource, never whole: whole, they cost seconds", () => {
  const whole = ["constructs", "stacks", "tools"]
    .flatMap(imports)
    .filter(({ target }) => /^@cdktf\/provider-[a-z]+$/.test(target));
  expect(whole).toEqual([]);
});
