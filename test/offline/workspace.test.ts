import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { keepPlannedOutputs, layOutStacks, resolveRemoteStates, type StackCopy } from "../../offline/workspace";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "workspace-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const local = { path: "../../../terraform.on-call.tfstate" };
const s3 = { bucket: "b", key: "k/on-call.tfstate", region: "eu-west-1" };

function source(name: string, configuration: object | string): { readonly name: string; readonly folder: string } {
  const folder = join(root, "out", name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, "cdk.tf.json"),
    typeof configuration === "string" ? configuration : JSON.stringify(configuration),
  );
  return { name, folder };
}

function layOut(stacks: Readonly<Record<string, object>>): readonly StackCopy[] {
  const result = layOutStacks(
    join(root, "work"),
    Object.entries(stacks).map(([name, configuration]) => source(name, configuration)),
  );
  if (!result.ok) throw new Error(result.error);
  return result.value;
}

const override = (copy: StackCopy, name: string): unknown => JSON.parse(readFileSync(join(copy.folder, name), "utf8"));

const remote = (backend: string, config: object) => ({
  data: { terraform_remote_state: { "on-call": { backend, config } } },
});

describe("a stack that is laid out", () => {
  test("keeps its configuration byte for byte, and its state in its folder", () => {
    const [copy] = layOut({ prod: { terraform: { backend: { s3 } }, "//": { é: "${x}" } } });
    if (copy === undefined) throw new Error("no copy");
    expect(readFileSync(join(copy.folder, "cdk.tf.json"), "utf8")).toBe(
      readFileSync(join(root, "out", "prod", "cdk.tf.json"), "utf8"),
    );
    expect(override(copy, "backend_override.tf.json")).toEqual({
      terraform: { backend: { local: { path: copy.stateFile } } },
    });
    expect(copy.stateFile.startsWith(copy.folder)).toBe(true);
  });

  test("has a value for each variable that only a user could give", () => {
    const [copy] = layOut({
      prod: {
        variable: {
          key: { sensitive: true },
          size: { type: "number" },
          zones: { type: "list(string)" },
          given: { default: "" },
        },
      },
    });
    if (copy === undefined) throw new Error("no copy");
    expect(override(copy, "offline.auto.tfvars.json")).toEqual({ key: "offline-key", size: 0, zones: [] });
  });

  test("that cannot be read is an error", () => {
    expect(layOutStacks(root, [{ name: "none", folder: join(root, "none") }])).toMatchObject({
      ok: false,
      error: expect.stringContaining("ENOENT"),
    });
    expect(layOutStacks(root, [source("cut", '{"terraform":')])).toMatchObject({
      ok: false,
      error: expect.stringContaining("not a stack that CDKTF wrote"),
    });
  });
});

describe("a remote state", () => {
  test.each([
    ["a local file", { local }, remote("local", local), "on-call"],
    [
      "S3, reached in another way",
      { s3: { ...s3, encrypt: true } },
      remote("s3", { ...s3, region: "us-east-1" }),
      "on-call",
    ],
    ["another key of S3", { s3 }, remote("s3", { ...s3, key: "k/other.tfstate" }), undefined],
    ["another kind", { s3 }, remote("gcs", { bucket: "b" }), undefined],
  ])("in %s", (_, backend, prod, owner) => {
    const [, copy] = layOut({ "on-call": { terraform: { backend } }, prod });
    expect(copy?.remoteStates).toEqual(new Map([["on-call", owner]]));
  });

  test("is unknown, then what a state holds, then what a plan foretells", () => {
    const copies = layOut({ "on-call": { terraform: { backend: { s3 } } }, prod: remote("s3", s3) });
    const [onCall, prod] = copies;
    if (onCall === undefined || prod === undefined) throw new Error("no copies");
    const answer = () => override(prod, "remote_states_override.tf.json");
    const pointing = (path: string, more: object = {}) => ({
      data: { terraform_remote_state: { "on-call": { backend: "local", config: { path }, ...more } } },
    });

    expect(resolveRemoteStates(prod, copies)).toEqual(["on-call"]);
    expect(answer()).toMatchObject({ data: { terraform_remote_state: { "on-call": { workspace: "${uuid()}" } } } });

    writeFileSync(onCall.stateFile, "{}");
    expect(resolveRemoteStates(prod, copies)).toEqual([]);
    expect(answer()).toEqual(pointing(onCall.stateFile));

    expect(keepPlannedOutputs(onCall, "{}")).toEqual({ ok: true, value: undefined });
    expect(resolveRemoteStates(prod, copies)).toEqual([]);
    expect(answer()).toEqual(pointing(join(onCall.folder, "planned-outputs.tfstate")));
  });

  test("of a stack without one needs no file", () => {
    const copies = layOut({ prod: {} });
    expect(resolveRemoteStates(copies[0] ?? never(), copies)).toEqual([]);
    expect(existsSync(join(copies[0]?.folder ?? "", "remote_states_override.tf.json"))).toBe(false);
  });
});

function never(): never {
  throw new Error("no copy");
}
