import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Result } from "../../../model/result";
import { type Offline, startOffline } from "../../../offline/offline";
import { estateBindings } from "../../../offline/schema/bindings";
import { typesInUse } from "../../../offline/schema/types-in-use";
import { layOutStacks, type StackCopy } from "../../../offline/workspace";

export const projectRoot = resolve(__dirname, "../../..");

/** Terraform's JSON configuration. */
export type Configuration = Readonly<Record<string, unknown>>;

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A served set of stacks in a folder of its own. */
export interface Rig {
  readonly offline: Offline;
  readonly root: string;
  readonly copies: readonly StackCopy[];
  /** Runs terraform in the copy of a stack. */
  readonly terraform: (stack: string, ...args: readonly string[]) => Promise<Run>;
  /** Replaces the configuration of a stack. */
  readonly configure: (stack: string, configuration: Configuration) => void;
  readonly close: () => Promise<void>;
}

export function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error);
  return result.value;
}

/** Runs a command; `environment` is all of its environment. */
export function run(
  command: readonly [string, ...string[]],
  cwd: string,
  environment: Readonly<Record<string, string>>,
): Promise<Run> {
  return new Promise((settle, reject) => {
    const [binary, ...args] = command;
    const child = spawn(binary, args, { cwd, env: environment, stdio: ["ignore", "pipe", "pipe"] });
    const output = { stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output.stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      output.stderr += text;
    });
    child.on("error", reject);
    child.on("close", (code) => settle({ code, ...output }));
  });
}

/** The providers that the stacks of the tests use. */
export const requiredProviders = {
  aws: { source: "hashicorp/aws" },
  datadog: { source: "datadog/datadog" },
  grafana: { source: "grafana/grafana" },
  opsgenie: { source: "opsgenie/opsgenie" },
  pagerduty: { source: "pagerduty/pagerduty" },
  elasticstack: { source: "elastic/elasticstack" },
  statuspage: { source: "sbecker59/statuspage" },
  sentry: { source: "jianyuan/sentry" },
} as const;

/** Lays out stacks and serves their providers. Close it whatever happens. */
export async function startRig(stacks: Readonly<Record<string, Configuration>>): Promise<Rig> {
  const root = mkdtempSync(join(tmpdir(), "estate-e2e-"));
  try {
    const sources = Object.entries(stacks).map(([name, configuration]) => {
      const folder = join(root, "synthesized", name);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(configuration, undefined, 2));
      return { name, folder };
    });
    const copies = unwrap(layOutStacks(join(root, "work"), sources));
    const offline = await startOffline({
      providers: estateBindings(projectRoot),
      types: unwrap(typesInUse(copies.map(({ configuration }) => configuration))),
      cacheDir: join(projectRoot, ".cache", "offline"),
    });
    const folderOf = (stack: string): string => {
      const copy = copies.find(({ name }) => name === stack);
      if (copy === undefined) throw new Error(`no stack ${stack}`);
      return copy.folder;
    };
    return {
      offline,
      root,
      copies,
      terraform: (stack, ...args) =>
        run(["terraform", ...args], folderOf(stack), { ...offline.environment(process.env), TF_CLI_ARGS: "-no-color" }),
      configure: (stack, configuration) =>
        writeFileSync(join(folderOf(stack), "cdk.tf.json"), JSON.stringify(configuration, undefined, 2)),
      close: async () => {
        await offline.stop();
        rmSync(root, { recursive: true, force: true });
      },
    };
  } catch (error) {
    rmSync(root, { recursive: true, force: true });
    throw error;
  }
}

/** What a saved plan does to each resource, by address, as `create`, `update`, `delete,create`, … */
export async function plannedActions(rig: Rig, stack: string): Promise<Readonly<Record<string, string>>> {
  const plan = await rig.terraform(stack, "plan", "-input=false", "-out=plan");
  if (plan.code !== 0) throw new Error(plan.stderr);
  const shown = await rig.terraform(stack, "show", "-json", "plan");
  const parsed: { resource_changes?: { address: string; change: { actions: string[] } }[] } = JSON.parse(shown.stdout);
  return Object.fromEntries(
    (parsed.resource_changes ?? []).map(({ address, change }) => [address, change.actions.join()]),
  );
}

/** The attributes of a resource in the state of a stack. */
export function stored(rig: Rig, stack: string, type: string, name: string): Readonly<Record<string, unknown>> {
  const copy = rig.copies.find((each) => each.name === stack);
  const state: { resources: { type: string; name: string; instances: { attributes: Record<string, unknown> }[] }[] } =
    JSON.parse(readFileSync(copy?.stateFile ?? "", "utf8"));
  const resource = state.resources.find((each) => each.type === type && each.name === name);
  const attributes = resource?.instances[0]?.attributes;
  if (attributes === undefined) throw new Error(`no ${type}.${name} in the state`);
  return attributes;
}
