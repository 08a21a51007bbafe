import { join } from "node:path";
import { Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData } from "@grpc/grpc-js";
import { errorDiagnostic } from "./protocol/diagnostic";
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

type Unary = (call: ServerUnaryCall<unknown, unknown>, reply: sendUnaryData<unknown>) => void;

/** A stream of go-plugin's that stays open and says nothing. */
interface Stream {
  on(event: "data" | "end" | "error", listener: () => void): unknown;
  end(): unknown;
}

const constant =
  (response: object): Unary =>
  (_, reply) =>
    reply(null, response);

function answering(name: string, procedure: Procedure, count: (name: string) => void): Unary {
  return ({ request }, reply) => {
    count(name);
    try {
      reply(null, procedure(request));
    } catch (error) {
      const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
      reply(null, { diagnostics: [errorDiagnostic(`The offline provider failed in ${name}`, detail)] });
    }
  };
}

/** A socket that a provider is served on. */
export interface Listening {
  readonly source: string;
  readonly socket: string;
  readonly stop: () => Promise<void>;
}

function bind(server: Server, socket: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.bindAsync(`unix:${socket}`, ServerCredentials.createInsecure(), (error) =>
      error === null ? resolve() : reject(error),
    );
  });
}

function shutDown(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // A killed terraform leaves its calls open.
    const timer = setTimeout(() => {
      server.forceShutdown();
      resolve();
    }, graceMilliseconds);
    server.tryShutdown(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/**
 * Serves one provider on a socket of its own: Terraform reaches each provider at an address of its own.
 * @param count Told of every call.
 * @throws when the socket cannot be made.
 */
export async function serve(
  provider: ServedProvider,
  socket: string,
  count: (name: string) => void,
): Promise<Listening> {
  const { source, procedures } = provider;
  const server = new Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
  server.addService(
    providerService,
    Object.fromEntries([...procedures].map(([name, procedure]) => [name, answering(name, procedure, count)])),
  );
  const ignored = (): void => {};
  server.addService(pluginServices.broker, {
    StartStream: (call: Stream) => {
      call.on("data", ignored);
      call.on("end", () => call.end());
      call.on("error", ignored);
    },
  });
  server.addService(pluginServices.stdio, { StreamStdio: (call: Stream) => call.on("error", ignored) });
  // Terraform asks a plugin to end with it; this one outlives many terraform processes.
  server.addService(pluginServices.controller, { Shutdown: constant({}) });
  server.addService(pluginServices.health, { Check: constant({ status: serving }) });
  await bind(server, socket);
  return { source, socket, stop: () => shutDown(server) };
}

/** Longest name of a socket, in characters: `socketPath` numbers them. */
export const longestSocketName = "99.sock".length;

export const socketPath = (folder: string, index: number): string => join(folder, `${index}.sock`);

/**
 * The value of `TF_REATTACH_PROVIDERS`. Source: Terraform, plugin development: debugging providers; go-plugin, ReattachConfig.
 * @param pid The serving process. Terraform kills it when the socket does not answer, or when `Test` is false.
 */
export const reattachJson = (listening: readonly Listening[], pid: number): string =>
  JSON.stringify(
    Object.fromEntries(
      listening.map(({ source, socket }) => [
        source,
        {
          Protocol: "grpc",
          ProtocolVersion: protocolVersion,
          Pid: pid,
          Test: true,
          Addr: { Network: "unix", String: socket },
        },
      ]),
    ),
  );
