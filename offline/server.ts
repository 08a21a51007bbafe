import { join } from "node:path";
import { errorDiagnostic } from "./protocol/diagnostic";
import { serveGrpc, type UnaryHandler } from "./protocol/grpc-server";
import { emptyResponse, servingResponse, writeDiagnostics } from "./protocol/responses";
import { pluginPaths, providerPath } from "./protocol/services";
import type { Procedure } from "./provider/provider";

/** A provider to serve, by its address. */
export interface ServedProvider {
  readonly source: string;
  readonly procedures: ReadonlyMap<string, Procedure>;
}

/** How long `stop` waits for calls under way. */
const graceMilliseconds = 1_000;

/** Version of the plugin protocol; 5 has no nested attributes. */
const protocolVersion = 6;

type Count = (name: string) => void;

/** A procedure that is counted, and whose defects terraform shows as errors where they occur. */
const watched =
  (name: string, procedure: Procedure, count: Count): UnaryHandler =>
  (request) => {
    count(name);
    try {
      return procedure(request);
    } catch (error) {
      const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
      const response = writeDiagnostics(name, [errorDiagnostic(`The offline provider failed in ${name}`, detail)]);
      if (response === undefined) throw error;
      return response;
    }
  };

/** A socket that a provider is served on. */
export interface Listening {
  readonly source: string;
  readonly socket: string;
  readonly stop: () => Promise<void>;
}

/**
 * Serves one provider on a socket of its own: Terraform reaches each provider at an address of its own.
 * @param count Told of every call.
 * @throws when the socket cannot be made.
 */
export async function serve({ source, procedures }: ServedProvider, socket: string, count: Count): Promise<Listening> {
  const server = await serveGrpc(socket, {
    unary: new Map<string, UnaryHandler>([
      ...[...procedures].map(([name, procedure]) => [providerPath(name), watched(name, procedure, count)] as const),
      [pluginPaths.check, () => servingResponse],
      // Terraform asks a plugin to end with it; this one outlives many terraform processes.
      [pluginPaths.shutdown, () => emptyResponse],
    ]),
    silent: new Set([pluginPaths.startStream, pluginPaths.streamStdio]),
  });
  return { source, socket, stop: () => server.stop(graceMilliseconds) };
}

/** Longest name of a socket, in characters: `socketPath` numbers them. */
export const longestSocketName = "99.sock".length;

export const socketPath = (folder: string, index: number): string => join(folder, `${index}.sock`);

const terraformRegistry = "registry.terraform.io/";
const openTofuRegistry = "registry.opentofu.org/";

/** The addresses that a provider's short name means: Terraform and OpenTofu each complete it with a registry of its own. */
const addressesOf = (source: string): readonly string[] =>
  source.startsWith(terraformRegistry)
    ? [source, `${openTofuRegistry}${source.slice(terraformRegistry.length)}`]
    : [source];

/**
 * The value of `TF_REATTACH_PROVIDERS`. Source: Terraform, plugin development: debugging providers; go-plugin, ReattachConfig.
 * @param pid The serving process. Terraform kills it when the socket does not answer, or when `Test` is false.
 */
export const reattachJson = (listening: readonly Listening[], pid: number): string =>
  JSON.stringify(
    Object.fromEntries(
      listening.flatMap(({ source, socket }) => {
        const addr = { Network: "unix", String: socket };
        const plugin = { Protocol: "grpc", ProtocolVersion: protocolVersion, Pid: pid, Test: true, Addr: addr };
        return addressesOf(source).map((address) => [address, plugin]);
      }),
    ),
  );
