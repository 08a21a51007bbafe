import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { publish } from "../../tools/publish";
import { UserError } from "../../tools/user-error";

let scratch = "";
let outdir = "";
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), "publish-test-"));
  outdir = join(scratch, "out");
});
afterEach(() => rmSync(scratch, { recursive: true, force: true }));

type Files = Readonly<Record<string, string>>;

const write =
  (files: Files) =>
  (folder: string): void => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  };

/** Every file below a folder, hidden ones too: path to text. */
const filesOf = (folder: string): Files =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [path.slice(folder.length + 1), readFileSync(path, "utf8")]),
  );

/** What a failure is told as. */
const failure = (run: () => unknown): unknown => {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
};

const first: Files = {
  "manifest.json": "1",
  "artifacts/dev/prometheus/shop.rules.yaml": "groups: []",
  "stacks/dev/cdk.tf.json": "{}",
  "stacks/prod/cdk.tf.json": "{}",
};
const second: Files = {
  "manifest.json": "2",
  "artifacts/zone/prometheus/shop.rules.yaml": "groups: [1]",
  "stacks/dev/cdk.tf.json": '{"new":1}',
  "stacks/zone/cdk.tf.json": '{"zone":1}',
};

describe("an output that is published", () => {
  test("holds the files that were written, and nothing else", () => {
    expect(publish(outdir, write(first))).toBeUndefined();
    expect(filesOf(outdir)).toEqual(first);
    expect(readdirSync(outdir).sort()).toEqual(["artifacts", "manifest.json", "stacks"]);
  });

  test("replaces the one before, whose other stacks and artifacts go with their folders", () => {
    publish(outdir, write(first));
    publish(outdir, write(second));
    expect(filesOf(outdir)).toEqual(second);
    expect(readdirSync(join(outdir, "stacks")).sort()).toEqual(["dev", "zone"]);
    expect(readdirSync(join(outdir, "artifacts"))).toEqual(["zone"]);
  });

  test("leaves what Terraform keeps in a stack's folder, even when the stack is gone", () => {
    const terraforms: Files = {
      "stacks/dev/.terraform/providers/x": "binary",
      "stacks/dev/.terraform.lock.hcl": "lock",
      "stacks/dev/plan": "planned",
      "stacks/prod/terraform.tfstate": "state",
      "stacks/prod/terraform.tfstate.backup": "older state",
    };
    publish(outdir, write(first));
    write(terraforms)(outdir);
    publish(outdir, write(second));
    expect(filesOf(outdir)).toEqual({ ...second, ...terraforms });
  });

  test("leaves what else is in the folder", () => {
    write({ "notes.txt": "mine", "other/file": "mine too" })(outdir);
    publish(outdir, write(first));
    expect(filesOf(outdir)).toEqual({ ...first, "notes.txt": "mine", "other/file": "mine too" });
  });

  test("may have a stack that is called as a file of Terraform's is", () => {
    const files = { "stacks/plan/cdk.tf.json": "{}", "stacks/terraform.tfstate/cdk.tf.json": "{}" };
    publish(outdir, write(files));
    expect(filesOf(outdir)).toEqual(files);
    publish(outdir, write(first));
    expect(filesOf(outdir)).toEqual(first);
  });

  test("takes the place of a folder that is in the way", () => {
    write({ "manifest.json/file": "in the way" })(outdir);
    publish(outdir, write(first));
    expect(filesOf(outdir)).toEqual(first);
  });

  test("hands on what writing it returned", () => {
    expect(publish(outdir, () => 42)).toBe(42);
  });
});

describe("an output that fails", () => {
  const diskError = (path: string): never => {
    readFileSync(join(path, "nowhere"));
    throw new Error("unreachable: reading had to fail");
  };

  test.each([
    ["a refusal", new UserError("refused")],
    ["a defect", new TypeError("x is not a function")],
  ])("with %s, hands that on as it is and leaves the one before", (_, error) => {
    publish(outdir, write(first));
    const told = failure(() =>
      publish(outdir, (staging) => {
        write(second)(staging);
        throw error;
      }),
    );
    expect(told).toBe(error);
    expect(filesOf(outdir)).toEqual(first);
    expect(readdirSync(outdir).sort()).toEqual(["artifacts", "manifest.json", "stacks"]);
  });

  test("with an error of the disk, leaves the one before and says so", () => {
    publish(outdir, write(first));
    const told = failure(() =>
      publish(outdir, (staging) => {
        write(second)(staging);
        diskError(staging);
      }),
    );
    expect(told).toBeInstanceOf(UserError);
    expect(String(told)).toMatch(
      /cannot write to the output folder .*out: ENOENT: .*; the previous output is untouched$/,
    );
    expect(filesOf(outdir)).toEqual(first);
  });

  test("midway in moving its files, takes all of them back", () => {
    const before = { ...first, "stacks/zone": "a file where a folder must go" };
    write(before)(outdir);
    const told = failure(() => publish(outdir, write(second)));
    expect(told).toBeInstanceOf(UserError);
    expect(String(told)).toContain("the previous output is untouched");
    expect(filesOf(outdir)).toEqual(before);
    expect(readdirSync(outdir).sort()).toEqual(["artifacts", "manifest.json", "stacks"]);
    expect(readdirSync(join(outdir, "artifacts"))).toEqual(["dev"]);
  });

  test("in a folder that was not there, leaves none", () => {
    const told = failure(() => publish(join(outdir, "deep", "down"), diskError));
    expect(told).toBeInstanceOf(UserError);
    expect(existsSync(outdir)).toBe(false);
  });

  test.each([
    ["below a file", () => join(scratch, "file", "out")],
    ["that is a file", () => join(scratch, "file")],
  ])("in a folder %s, is told as what it is", (_, folder) => {
    write({ file: "in the way" })(scratch);
    const told = failure(() => publish(folder(), write(first)));
    expect(told).toBeInstanceOf(UserError);
    expect(String(told)).toContain(`cannot write to the output folder ${folder()}: `);
    expect(filesOf(scratch)).toEqual({ file: "in the way" });
  });
});

describe("for any output and any that follows it", () => {
  const path = fc
    .tuple(fc.constantFrom("stacks", "artifacts"), fc.constantFrom("a", "b", "c"), fc.constantFrom("x", "y", "z/x"))
    .map((parts) => parts.join("/"));
  const tree = fc.dictionary(path, fc.string(), { minKeys: 1, maxKeys: 6 });

  test("the second is all there is; or the first is, where the second fails", () => {
    fc.assert(
      fc.property(tree, tree, fc.boolean(), (before, after, fails) => {
        const folder = mkdtempSync(join(scratch, "law-"));
        publish(folder, write(before));
        failure(() =>
          publish(folder, (staging) => {
            write(after)(staging);
            if (fails) throw new Error("failed");
          }),
        );
        expect(filesOf(folder)).toEqual(fails ? before : after);
      }),
      { numRuns: 60 },
    );
  });
});
