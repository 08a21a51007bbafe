import {
  ConnectionError,
  defaultFrameSize,
  defaultWindow,
  errorCode,
  frameHeaderLength,
  frameType,
  largestWindow,
  writeFrameHeader,
} from "./frame";

/** A message that waits for the client to have room for it. */
interface Waiting {
  /** What is left of it. */
  data: Buffer;
  /** Frames that follow it and need no room. */
  readonly after: Buffer;
}

/** What a connection sends, as far as the client takes it. */
export interface Outbox {
  /** Sends frames that are not subject to flow control. */
  readonly frames: (bytes: Buffer) => void;
  /**
   * Sends a message and the frames that follow it, at once or when the client has room. What is sent before on its stream must be sent.
   */
  readonly data: (stream: number, data: Buffer, after: Buffer) => void;
  /** The client has room for more: on a stream, or on stream 0 for all together. */
  readonly grant: (stream: number, bytes: number) => void;
  /** How much the client takes on each stream before it grants more. */
  readonly setInitialWindow: (bytes: number) => void;
  readonly setFrameSize: (bytes: number) => void;
  /** A stream that is over, or that the client gave up. */
  readonly forget: (stream: number) => void;
  /** Whether a stream's message waits. */
  readonly waits: (stream: number) => boolean;
  /** Whether everything is sent. */
  readonly isEmpty: () => boolean;
}

function added(window: number, bytes: number): number {
  const sum = window + bytes;
  if (sum > largestWindow) throw new ConnectionError(errorCode.flowControl, "a window above 2^31-1");
  return sum;
}

/**
 * Keeps to the client's flow control. Source: RFC 9113, 5.2 "Flow Control", 6.9 "WINDOW_UPDATE".
 * @param write Takes what is to be sent now.
 */
export function outbox(write: (bytes: Buffer) => void): Outbox {
  const waiting = new Map<number, Waiting>();
  /** By how much a stream's window differs from what every stream has at first. */
  const differences = new Map<number, number>();
  let initial = defaultWindow;
  let shared = defaultWindow;
  let frameSize = defaultFrameSize;

  /** Sends what there is room for; returns the rest. */
  const sendSome = (stream: number, data: Buffer): Buffer => {
    let rest = data;
    while (rest.length > 0) {
      const difference = differences.get(stream) ?? 0;
      const length = Math.min(rest.length, frameSize, shared, initial + difference);
      if (length <= 0) break;
      const bytes = Buffer.allocUnsafe(frameHeaderLength + length);
      rest.copy(bytes, writeFrameHeader(bytes, 0, { type: frameType.data, flags: 0, stream }, length), 0, length);
      write(bytes);
      shared -= length;
      differences.set(stream, difference - length);
      rest = rest.subarray(length);
    }
    return rest;
  };
  const flush = (): void => {
    for (const [stream, message] of waiting) {
      message.data = sendSome(stream, message.data);
      if (message.data.length > 0) continue;
      waiting.delete(stream);
      differences.delete(stream);
      write(message.after);
    }
  };

  return {
    frames: write,
    data: (stream, data, after) => {
      const rest = sendSome(stream, data);
      if (rest.length > 0) waiting.set(stream, { data: rest, after });
      else {
        differences.delete(stream);
        write(after);
      }
    },
    grant: (stream, bytes) => {
      if (stream === 0) shared = added(shared, bytes);
      else differences.set(stream, added(initial + (differences.get(stream) ?? 0), bytes) - initial);
      flush();
    },
    setInitialWindow: (bytes) => {
      if (bytes > largestWindow) throw new ConnectionError(errorCode.flowControl, "a window above 2^31-1");
      initial = bytes;
      flush();
    },
    setFrameSize: (bytes) => {
      frameSize = bytes;
    },
    forget: (stream) => {
      waiting.delete(stream);
      differences.delete(stream);
    },
    waits: (stream) => waiting.has(stream),
    isEmpty: () => waiting.size === 0,
  };
}
