import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { generatedCatalog } from "../../bench/generate";
import { plainInputs } from "../../bench/plain-inputs";
import { leftOutNames, leftOutTypes, plainLoop } from "../../bench/plain-loop";
import { synthesize } from "../../tools/synthesize";

/** Enough for a service of every team. */
const services = 3;

type Arguments = Readonly<Record<string, unknown>>;
type Blocks = Readonly<Record<string, Readonly<Record<string, Arguments>>>>;

/** What people know a resource by; the ids of constructs are the one thing in which the two estates differ. */
const nameOf = (args: Arguments): string =>
  JSON.stringify([args["name"], args["title"], args["alias"], args["email"], args["label"], args["uid"]]);

/** The blocks of one kind in a stack: type and arguments of each, with references by name instead of id. */
function blocksOf(
  document: Readonly<Record<string, Blocks | undefined>>,
  kind: "resource" | "data",
): readonly string[] {
  const all = [...Object.entries(document["resource"] ?? {}), ...Object.entries(document["data"] ?? {})];
  const names = new Map(
    all.flatMap(([type, blocks]) => Object.entries(blocks).map(([id, args]) => [`${type}.${id}`, nameOf(args)])),
  );
  const byName = (text: string): string =>
    text.replace(/(?:data\.)?([a-z_]+\.[\w-]+)\.(?=\w)/g, (whole, address: string) => {
      const name = names.get(address);
      return name === undefined ? whole : `<${address.split(".")[0]} ${name}>.`;
    });
  return Object.entries(document[kind] ?? {})
    .filter(([type]) => !leftOutTypes.includes(type))
    .flatMap(([type, blocks]) =>
      Object.values(blocks)
        .filter(({ name }) => !leftOutNames.test(String(name)))
        .map(({ "//": _metadata, ...args }) =>
          JSON.stringify([type, args], (_, value: unknown) =>
            typeof value === "string" && value.includes("${") ? byName(value) : value,
          ),
        ),
    )
    .sort();
}

describe("the plain loop makes the estate that ours makes", () => {
  const folder = mkdtempSync(join(tmpdir(), "estate-plain-loop-"));
  const stackOf = (side: string, stack: string) =>
    JSON.parse(readFileSync(join(folder, side, "stacks", stack, "cdk.tf.json"), "utf8"));

  beforeAll(() => {
    synthesize(generatedCatalog(services), { outdir: join(folder, "ours"), stacks: [] });
    plainLoop(plainInputs(services), join(folder, "plain"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  describe.each(["on-call", "dev", "staging", "prod"])("%s", (stack) => {
    test.each(["resource", "data"] as const)("every %s has the same arguments", (kind) => {
      const ours = blocksOf(stackOf("ours", stack), kind);
      expect(ours.length).toBeGreaterThan(0);
      expect(blocksOf(stackOf("plain", stack), kind)).toEqual(ours);
    });

    test.each(["provider", "terraform"])("%s is the same", (part) => {
      expect(stackOf("ours", stack)[part]).toBeDefined();
      expect(stackOf("plain", stack)[part]).toEqual(stackOf("ours", stack)[part]);
    });
  });

  test("leaves out no type but those that it says, each of which ours has", () => {
    const typesOf = (side: string) =>
      ["on-call", "dev", "staging", "prod"].flatMap((stack) => Object.keys(stackOf(side, stack).resource));
    const ours = new Set(typesOf("ours"));
    const plain = new Set(typesOf("plain"));
    expect([...ours].filter((type) => !plain.has(type)).sort()).toEqual([...leftOutTypes]);
  });

  test("on-call hands the same services to the others", () => {
    const names = (side: string) => Object.keys(stackOf(side, "on-call").output.pagerduty_service_ids.value).sort();
    expect(names("ours")).toHaveLength(services + 1);
    expect(names("plain")).toEqual(names("ours"));
  });

  test.each(["dev", "staging", "prod"])("%s has the same routes", (environment) => {
    const fileOf = (side: string) =>
      readFileSync(join(folder, side, "artifacts", environment, "alertmanager", "alertmanager.yaml"), "utf8");
    expect(fileOf("plain")).toBe(fileOf("ours"));
  });

  test.each(["dev", "staging", "prod"])("%s has the same rule files", (environment) => {
    const filesOf = (side: string) => {
      const rules = join(folder, side, "artifacts", environment, "prometheus");
      return readdirSync(rules)
        .filter((file) => file.endsWith(".rules.yaml"))
        .map((file) => [file, readFileSync(join(rules, file), "utf8")]);
    };
    expect(filesOf("ours")).toHaveLength(services);
    expect(filesOf("plain")).toEqual(filesOf("ours"));
  });
});
