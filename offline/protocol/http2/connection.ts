import type { Socket } from "node:net";
import { reasonOf } from "../../../model/caught";
import {
  ConnectionError,
  defaultWindow,
  errorCode,
  type Frame,
  flag,
  frameBytes,
  frameReader,
  frameType,
  largestWindow,
  setting,
} from "./frame";
import { type HeaderDecoder, headerDecoder } from "./hpack";
import { type Outbox, outbox } from "./outbox";
import type { Header } from "./static-table";

/** What is sent in answer to a request; blocks of headers are compressed already. */
export interface Response {
  /** Absent: `trailers` are all there is. */
  readonly head?: { readonly headers: Buffer; readonly body: Buffer };
  /** The headers that end it. */
  readonly trailers: Buffer;
}

/** A request as it comes in. */
export interface Request {
  readonly headers: readonly Header[];
  /** Its whole body. */
  readonly body: Buffer;
}

/** Answers requests. What it throws ends the connection, so it should throw nothing. */
export interface RequestHandler {
  /** Headers to send as soon as a request's are there; undefined for requests that are answered in one go. */
  readonly early: (headers: readonly Header[]) => Buffer | undefined;
  /** Called once the client has sent all. */
  readonly answer: (request: Request) => Response;
}

/** A connection from one client. */
export interface Connection {
  /** Lets requests under way end, and takes no other; then closes the socket. */
  readonly close: () => void;
  readonly destroy: () => void;
}

interface Stream {
  readonly headers: readonly Header[];
  readonly chunks: Buffer[];
  bytes: number;
  readonly headersSent: boolean;
}

/** The most that a client may send for one request; the SDK of real providers takes as much. */
const largestBody = 256 * 2 ** 20;

/** What a client may have under way is granted anew after so much. */
const grantAfter = 2 ** 30;

const lastHeaders = flag.endHeaders | flag.endStream;

const uint32 = (value: number): Buffer => {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

const settingBytes = (id: number, value: number): Buffer => {
  const bytes = Buffer.allocUnsafe(6);
  bytes.writeUInt16BE(id);
  bytes.writeUInt32BE(value, 2);
  return bytes;
};

const none = Buffer.alloc(0);

/** A client may send as much as it likes: it is the terraform that this process has started, and waits for each answer. */
const greeting = Buffer.concat([
  frameBytes(frameType.settings, 0, 0, settingBytes(setting.initialWindowSize, largestWindow)),
  frameBytes(frameType.windowUpdate, 0, 0, uint32(largestWindow - defaultWindow)),
]);

/** The payload without padding and priority. */
function contentOf({ type, flags, payload }: Frame): Buffer {
  const padded = (flags & flag.padded) !== 0;
  const padding = padded ? (payload[0] ?? 0) : 0;
  const start = (padded ? 1 : 0) + (type === frameType.headers && (flags & flag.priority) !== 0 ? 5 : 0);
  const end = payload.length - padding;
  if (end < start) throw new ConnectionError(errorCode.protocol, "more padding than payload");
  return payload.subarray(start, end);
}

/** A frame's payload, of a length that it must have. */
function fixed({ payload }: Frame, length: number): Buffer {
  if (payload.length !== length) throw new ConnectionError(errorCode.frameSize, "a frame of another size");
  return payload;
}

/**
 * Speaks HTTP/2 on a socket, as the server of one client that is known to be no enemy: unary and silent calls of gRPC are all that is
 * needed. Source: RFC 9113 (HTTP/2).
 */
export function serveConnection(socket: Socket, { early, answer }: RequestHandler): Connection {
  const decode: HeaderDecoder = headerDecoder();
  const streams = new Map<number, Stream>();
  let lastStream = 0;
  let closing = false;
  let received = 0;
  /** Headers whose end has not come yet. */
  let open: { readonly frame: Frame; readonly parts: Buffer[] } | undefined;

  // What answers the frames of one piece of input goes out in one piece.
  const pending: Buffer[] = [];
  const out: Outbox = outbox((bytes) => void pending.push(bytes));
  const send = (): void => {
    if (pending.length === 0 || socket.destroyed) return;
    socket.write(pending.length === 1 ? (pending[0] ?? none) : Buffer.concat(pending));
    pending.length = 0;
  };
  const endIfDone = (): void => {
    if (closing && streams.size === 0 && out.isEmpty()) socket.end();
  };

  function respond(id: number, stream: Stream): void {
    streams.delete(id);
    const [only] = stream.chunks;
    const body = stream.chunks.length === 1 && only !== undefined ? only : Buffer.concat(stream.chunks);
    const { head, trailers } = answer({ headers: stream.headers, body });
    const last = frameBytes(frameType.headers, lastHeaders, id, trailers);
    if (head === undefined) {
      out.frames(last);
      return;
    }
    if (!stream.headersSent) out.frames(frameBytes(frameType.headers, flag.endHeaders, id, head.headers));
    out.data(id, head.body, last);
  }

  function onHeaders(frame: Frame, block: Buffer): void {
    let headers: readonly Header[];
    try {
      headers = decode(block);
    } catch (error) {
      throw new ConnectionError(errorCode.compression, reasonOf(error));
    }
    const id = frame.stream;
    const ended = (frame.flags & flag.endStream) !== 0;
    const known = streams.get(id);
    if (known === undefined) {
      if (id % 2 === 0 || id <= lastStream) throw new ConnectionError(errorCode.protocol, "a stream out of order");
      lastStream = id;
      // Sent before the client knew that nothing is taken any more; it will ask elsewhere.
      if (closing) return;
    }
    // Headers of a stream that has some end it, as trailers.
    const first = known === undefined ? early(headers) : undefined;
    const stream: Stream = known ?? { headers, chunks: [], bytes: 0, headersSent: first !== undefined };
    streams.set(id, stream);
    if (first !== undefined) out.frames(frameBytes(frameType.headers, flag.endHeaders, id, first));
    if (ended) respond(id, stream);
  }

  function onData(frame: Frame): void {
    received += frame.payload.length;
    if (received > grantAfter) {
      out.frames(frameBytes(frameType.windowUpdate, 0, 0, uint32(received)));
      received = 0;
    }
    const stream = streams.get(frame.stream);
    // Of a stream that the client gave up, or that was never taken.
    if (stream === undefined) return;
    const content = contentOf(frame);
    stream.bytes += content.length;
    if (stream.bytes > largestBody) throw new ConnectionError(errorCode.enhanceYourCalm, "a message without end");
    if (content.length > 0) stream.chunks.push(content);
    if ((frame.flags & flag.endStream) !== 0) respond(frame.stream, stream);
  }

  function onSettings(frame: Frame): void {
    if ((frame.flags & flag.acknowledged) !== 0) return;
    const { payload } = frame;
    if (payload.length % 6 !== 0) throw new ConnectionError(errorCode.frameSize, "settings cut short");
    for (let at = 0; at < payload.length; at += 6) {
      const value = payload.readUInt32BE(at + 2);
      const id = payload.readUInt16BE(at);
      if (id === setting.initialWindowSize) out.setInitialWindow(value);
      else if (id === setting.maxFrameSize) out.setFrameSize(value);
    }
    out.frames(frameBytes(frameType.settings, flag.acknowledged, 0, none));
  }

  function onFrame(frame: Frame): void {
    if (open !== undefined) {
      if (frame.type !== frameType.continuation || frame.stream !== open.frame.stream)
        throw new ConnectionError(errorCode.protocol, "headers without an end");
      open.parts.push(frame.payload);
      if ((frame.flags & flag.endHeaders) === 0) return;
      const whole = open;
      open = undefined;
      onHeaders(whole.frame, Buffer.concat(whole.parts));
      return;
    }
    switch (frame.type) {
      case frameType.data:
        onData(frame);
        return;
      case frameType.headers:
        if ((frame.flags & flag.endHeaders) !== 0) onHeaders(frame, contentOf(frame));
        else open = { frame, parts: [contentOf(frame)] };
        return;
      case frameType.settings:
        onSettings(frame);
        return;
      case frameType.ping:
        fixed(frame, 8);
        if ((frame.flags & flag.acknowledged) === 0)
          out.frames(frameBytes(frameType.ping, flag.acknowledged, 0, frame.payload));
        return;
      case frameType.windowUpdate:
        // Of a stream that is over there is nothing left to send, and nothing to remember.
        if (frame.stream === 0 || streams.has(frame.stream) || out.waits(frame.stream))
          out.grant(frame.stream, fixed(frame, 4).readUInt32BE() & largestWindow);
        return;
      case frameType.resetStream:
        streams.delete(frame.stream);
        out.forget(frame.stream);
        return;
      case frameType.continuation:
      case frameType.pushPromise:
        throw new ConnectionError(errorCode.protocol, "a frame out of order");
      default:
      // Priorities, the client's farewell, and what is not known is passed over (RFC 9113, 5.5).
    }
  }

  const read = frameReader(onFrame);
  const goAway = (code: number): void =>
    out.frames(frameBytes(frameType.goAway, 0, 0, Buffer.concat([uint32(lastStream), uint32(code)])));

  let greeted = false;
  socket.on("data", (chunk: Buffer) => {
    // Not before the client has spoken: Terraform first connects only to see whether somebody listens, and hangs up.
    if (!greeted) pending.push(greeting);
    greeted = true;
    try {
      read(chunk);
      send();
      endIfDone();
    } catch (error) {
      goAway(error instanceof ConnectionError ? error.code : errorCode.protocol);
      send();
      socket.destroySoon();
    }
  });
  // A client that went away is no error of ours.
  socket.on("error", () => socket.destroy());

  return {
    close: () => {
      closing = true;
      if (greeted) goAway(errorCode.none);
      send();
      endIfDone();
    },
    destroy: () => void socket.destroy(),
  };
}
