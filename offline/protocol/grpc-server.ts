import { createServer, type Server } from "node:net";
import { reasonOf } from "../../model/caught";
import { type Connection, type RequestHandler, type Response, serveConnection } from "./http2/connection";
import type { Header } from "./http2/static-table";

/*
 * The part of gRPC over HTTP/2 that terraform's plugin client needs: unary calls, uncompressed, on a unix socket. A gRPC library, and
 * Node's own HTTP/2 with its streams and events, would take most of this server's CPU. Source: gRPC, "gRPC over HTTP2".
 */

/** Answers one call, message for message. What it throws ends the call with an error. */
export type UnaryHandler = (request: Buffer) => Buffer;

export interface GrpcService {
  /** Procedures by path, `/package.Service/Method`. */
  readonly unary: ReadonlyMap<string, UnaryHandler>;
  /** Paths of streams that stay open and silent until the client ends them. */
  readonly silent: ReadonlySet<string>;
}

/** A server on its socket. */
export interface GrpcServer {
  /** Lets calls under way end, but not for longer than `graceMilliseconds`, then closes the socket. */
  readonly stop: (graceMilliseconds: number) => Promise<void>;
}

const status = { ok: 0, unimplemented: 12, internal: 13 } as const;

/** Before each message: whether it is compressed, and its length in bytes. */
const prefixLength = 5;

/** A text of less than 127 bytes, as compressed headers have it (RFC 7541, 5.2). */
const shortText = (text: string): Buffer => Buffer.concat([Buffer.from([text.length]), Buffer.from(text, "latin1")]);

/** A longer one: its length goes on in bytes of seven bits. */
function longText(text: string): Buffer {
  const length = [0x7f];
  let rest = text.length - 0x7f;
  for (; rest >= 0x80; rest >>>= 7) length.push((rest & 0x7f) | 0x80);
  return Buffer.concat([Buffer.from([...length, rest]), Buffer.from(text, "latin1")]);
}

/** A header as it is, kept in no table (RFC 7541, 6.2.2). */
const header = (name: string, value: string): Buffer =>
  Buffer.concat([Buffer.from([0]), shortText(name), value.length < 0x7f ? shortText(value) : longText(value)]);

/** `:status: 200` is number 8 of the static table (RFC 7541, Appendix A). */
const responseHeaders = Buffer.concat([Buffer.from([0x88]), header("content-type", "application/grpc")]);

const okTrailers = header("grpc-status", String(status.ok));

const none = Buffer.alloc(0);

function framed(message: Buffer): Buffer {
  const frame = Buffer.allocUnsafe(prefixLength + message.length);
  frame.writeUInt8(0, 0);
  frame.writeUInt32BE(message.length, 1);
  message.copy(frame, prefixLength);
  return frame;
}

/** The one message of a request; undefined when it is compressed, cut or missing. */
function messageIn(body: Buffer): Buffer | undefined {
  if (body.length < prefixLength || body.readUInt8(0) !== 0) return undefined;
  const end = prefixLength + body.readUInt32BE(1);
  return body.length === end ? body.subarray(prefixLength) : undefined;
}

/** Longest text of an error, in characters, so that headers fit a frame whatever is in it. */
const longestMessage = 1_000;

/** Text as headers may have it; half a character at its end becomes a question mark. */
const escaped = (text: string): string => encodeURIComponent(Buffer.from(text.slice(0, longestMessage)).toString());

/** Ends a call that has no message to answer with. */
const refusal = (code: number, message: string): Response => ({
  trailers: Buffer.concat([
    responseHeaders,
    header("grpc-status", String(code)),
    header("grpc-message", escaped(message)),
  ]),
});

const success = (body: Buffer): Response => ({ head: { headers: responseHeaders, body }, trailers: okTrailers });

function answerOf(handler: UnaryHandler, body: Buffer): Response {
  const request = messageIn(body);
  if (request === undefined) return refusal(status.unimplemented, "one uncompressed message is expected");
  try {
    return success(framed(handler(request)));
  } catch (error) {
    return refusal(status.internal, reasonOf(error));
  }
}

const pathOf = (headers: readonly Header[]): string => headers.find(([name]) => name === ":path")?.[1] ?? "";

const handlerOf = ({ unary, silent }: GrpcService): RequestHandler => ({
  early: (headers) => (silent.has(pathOf(headers)) ? responseHeaders : undefined),
  answer: ({ headers, body }) => {
    const path = pathOf(headers);
    if (silent.has(path)) return success(none);
    const handler = unary.get(path);
    return handler === undefined ? refusal(status.unimplemented, `no ${path}`) : answerOf(handler, body);
  },
});

function listen(server: Server, socket: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(socket, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

async function stopped(server: Server, connections: ReadonlySet<Connection>, graceMilliseconds: number): Promise<void> {
  // A killed terraform, or one that hangs, leaves its calls open.
  const timer = setTimeout(() => {
    for (const connection of connections) connection.destroy();
  }, graceMilliseconds);
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    for (const connection of connections) connection.close();
  });
  clearTimeout(timer);
}

/**
 * Serves on a unix socket.
 * @throws when the socket cannot be made.
 */
export async function serveGrpc(socket: string, service: GrpcService): Promise<GrpcServer> {
  const connections = new Set<Connection>();
  const handler = handlerOf(service);
  const server = createServer((client) => {
    const connection = serveConnection(client, handler);
    connections.add(connection);
    client.once("close", () => connections.delete(connection));
  });
  await listen(server, socket);
  return { stop: (graceMilliseconds) => stopped(server, connections, graceMilliseconds) };
}
