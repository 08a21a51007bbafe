import { resolve } from "node:path";
import { z } from "zod";
import { fail, ok, type Result } from "../model/result";

/** Where a state is kept, as text: equal for a backend and the remote states that read it. */
export type StateIdentity = string;

const settings = z.record(z.string(), z.unknown());

const stackFile = z.object({
  terraform: z.object({ backend: z.record(z.string(), settings).default({}) }).default({ backend: {} }),
  data: z
    .object({
      terraform_remote_state: z
        .record(z.string(), z.object({ backend: z.string(), config: settings.default({}) }))
        .default({}),
    })
    .default({ terraform_remote_state: {} }),
  variable: z
    .record(z.string(), z.object({ type: z.string().default("string"), default: z.unknown().optional() }))
    .default({}),
});

/** What of a stack must be changed to run it offline. */
export interface StackFile {
  /** Where its state is kept; undefined without a backend. */
  readonly state?: StateIdentity;
  /** Its remote states by name. */
  readonly remoteStates: ReadonlyMap<string, StateIdentity>;
  /** Types of the variables without a default, by name. */
  readonly variables: ReadonlyMap<string, string>;
}

type Settings = Readonly<Record<string, unknown>>;

/** The settings of an S3 backend that name a state; the others say how to reach it. */
const s3Identity = ({ bucket, key }: Settings): Settings => ({ bucket, key });

function identity(backend: string, config: Settings, folder: string): StateIdentity {
  if (backend === "local") {
    const path = typeof config["path"] === "string" ? config["path"] : "terraform.tfstate";
    return `local ${resolve(folder, path)}`;
  }
  const named = backend === "s3" ? s3Identity(config) : config;
  const sorted = Object.entries(named).sort(([a], [b]) => (a < b ? -1 : 1));
  return `${backend} ${JSON.stringify(sorted)}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Reads what matters here of a `cdk.tf.json`.
 * @param folder Its folder: paths of local states are relative to it.
 * @returns an error for a text that is no stack.
 */
export function readStackFile(text: string, folder: string): Result<StackFile> {
  const parsed = stackFile.safeParse(parseJson(text));
  if (!parsed.success) return fail(`not a stack that CDKTF wrote: ${parsed.error.issues[0]?.message ?? "no JSON"}`);
  const { terraform, data, variable } = parsed.data;
  const [backend] = Object.entries(terraform.backend);
  const remoteStates = Object.entries(data.terraform_remote_state).map(
    ([name, remote]) => [name, identity(remote.backend, remote.config, folder)] as const,
  );
  const variables = Object.entries(variable)
    .filter(([, declared]) => declared.default === undefined)
    .map(([name, { type }]) => [name, type] as const);
  return ok({
    ...(backend === undefined ? {} : { state: identity(backend[0], backend[1], folder) }),
    remoteStates: new Map(remoteStates),
    variables: new Map(variables),
  });
}
