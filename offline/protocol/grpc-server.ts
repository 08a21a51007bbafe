import { createServer, type Http2Server, type ServerHttp2Session, type ServerHttp2Stream } from "node:http2";

/*
 * The part of gRPC over HTTP/2 that terraform's plugin client needs: unary calls, uncompressed, on a unix socket. A whole gRPC
 * library would take two thirds of this server's CPU. Source: gRPC, "gRPC over HTTP2".
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

/** Messages may be large (a dashboard's JSON): fewer pauses for flow control, and more than 10 MB in flight. */
const initialWindowBytes = 1 << 20;
const sessionMegabytes = 256;

const responseHeaders = { ":status": 200, "content-type": "application/grpc" } as const;

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

/** Ends a call that has no message to answer with. */
function refuse(stream: ServerHttp2Stream, code: number, message: string): void {
  if (stream.destroyed || stream.headersSent) return;
  stream.respond(
    { ...responseHeaders, "grpc-status": code, "grpc-message": encodeURIComponent(message) },
    { endStream: true },
  );
}

function answer(stream: ServerHttp2Stream, body: Buffer, handler: UnaryHandler): void {
  if (stream.destroyed) return;
  const request = messageIn(body);
  if (request === undefined) {
    refuse(stream, status.unimplemented, "one uncompressed message is expected");
    return;
  }
  let response: Buffer;
  try {
    response = framed(handler(request));
  } catch (error) {
    refuse(stream, status.internal, error instanceof Error ? error.message : String(error));
    return;
  }
  stream.respond(responseHeaders, { waitForTrailers: true });
  stream.once("wantTrailers", () => stream.sendTrailers({ "grpc-status": status.ok }));
  stream.end(response);
}

function receive(stream: ServerHttp2Stream, handler: UnaryHandler): void {
  const chunks: Buffer[] = [];
  stream.on("data", (chunk: Buffer) => chunks.push(chunk));
  stream.once("end", () => {
    const [only] = chunks;
    answer(stream, chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks), handler);
  });
}

function keepSilent(stream: ServerHttp2Stream): void {
  stream.respond(responseHeaders, { waitForTrailers: true });
  stream.once("wantTrailers", () => stream.sendTrailers({ "grpc-status": status.ok }));
  stream.once("end", () => stream.end());
  stream.resume();
}

function listen(server: Http2Server, socket: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(socket, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

async function stopped(
  server: Http2Server,
  sessions: ReadonlySet<ServerHttp2Session>,
  graceMilliseconds: number,
): Promise<void> {
  // A killed terraform, or one that hangs, leaves its calls open.
  const timer = setTimeout(() => {
    for (const session of sessions) session.destroy();
  }, graceMilliseconds);
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    for (const session of sessions) session.close();
  });
  clearTimeout(timer);
}

/**
 * Serves on a unix socket.
 * @throws when the socket cannot be made.
 */
export async function serveGrpc(socket: string, { unary, silent }: GrpcService): Promise<GrpcServer> {
  const server = createServer({
    settings: { initialWindowSize: initialWindowBytes },
    maxSessionMemory: sessionMegabytes,
  });
  const sessions = new Set<ServerHttp2Session>();
  server.on("session", (session) => {
    sessions.add(session);
    session.once("close", () => sessions.delete(session));
    // A client that went away is no error of ours.
    session.on("error", () => session.destroy());
  });
  server.on("stream", (stream, headers) => {
    stream.on("error", () => stream.destroy());
    const path = headers[":path"] ?? "";
    const handler = unary.get(path);
    if (handler !== undefined) receive(stream, handler);
    else if (silent.has(path)) keepSilent(stream);
    else refuse(stream, status.unimplemented, `no ${path}`);
  });
  await listen(server, socket);
  return { stop: (graceMilliseconds) => stopped(server, sessions, graceMilliseconds) };
}
