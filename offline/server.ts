import { join } from "node:path";
import type { ServiceDefinition } from "@grpc/proto-loader";
import { errorDiagnostic } from "./protocol/diagnostic";
import { serveGrpc, type UnaryHandler } from "./protocol/grpc-server";
import { pluginServices, providerService } from "./protocol/services";
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

/** `SERVING` of the health protocol. */
const serving = 1;

type Count = (name: string) => void;

/** The handlers of a service by path, for the procedures that are given. */
function handlers(service: ServiceDefinition, procedures: ReadonlyMap<string, Procedure>): Map<string, UnaryHandler> {
  return new Map(
    [...procedures].flatMap(([name, procedure]): readonly (readonly [string, UnaryHandler])[] => {
      const method = service[name];
      if (method === undefined) return [];
      const { path, requestDeserialize, responseSerialize } = method;
      return [[path, (request) => responseSerialize(procedure(requestDeserialize(request)))]];
    }),
  );
}

/** A procedure that is counted, and whose defects terraform shows as errors where they occur. */
const watched =
  (name: string, procedure: Procedure, count: Count): Procedure =>
  (request) => {
    count(name);
    try {
      return procedure(request);
    } catch (error) {
      const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
      return { diagnostics: [errorDiagnostic(`The offline provider failed in ${name}`, detail)] };
    }
  };

const pathsOf = (service: ServiceDefinition): readonly string[] => Object.values(service).map(({ path }) => path);

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
  const counted = new Map([...procedures].map(([name, procedure]) => [name, watched(name, procedure, count)] as const));
  const server = await serveGrpc(socket, {
    unary: new Map([
      ...handlers(providerService, counted),
      ...handlers(pluginServices.health, new Map([["Check", () => ({ status: serving })]])),
      // Terraform asks a plugin to end with it; this one outlives many terraform processes.
      ...handlers(pluginServices.controller, new Map([["Shutdown", () => ({})]])),
    ]),
    silent: new Set([...pathsOf(pluginServices.broker), ...pathsOf(pluginServices.stdio)]),
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
