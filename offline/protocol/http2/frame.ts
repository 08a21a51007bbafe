/*
 * Frames of HTTP/2. Source: RFC 9113, 4.1 "Frame Format", 6 "Frame Definitions", 7 "Error Codes".
 */

export const frameType = {
  data: 0,
  headers: 1,
  priority: 2,
  resetStream: 3,
  settings: 4,
  pushPromise: 5,
  ping: 6,
  goAway: 7,
  windowUpdate: 8,
  continuation: 9,
} as const;

export const flag = { acknowledged: 0x1, endStream: 0x1, endHeaders: 0x4, padded: 0x8, priority: 0x20 } as const;

export const setting = { initialWindowSize: 4, maxFrameSize: 5 } as const;

export const errorCode = {
  none: 0,
  protocol: 1,
  flowControl: 3,
  frameSize: 6,
  compression: 9,
  enhanceYourCalm: 11,
} as const;

/** What cannot be mended within a connection, and ends it. */
export class ConnectionError extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** What a client says first. */
export const preface = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

/** Before each frame's payload: its length in three bytes, type, flags, and the stream's number. */
export const frameHeaderLength = 9;

/** Largest payload unless a peer says that it takes more. */
export const defaultFrameSize = 16_384;

/** Most bytes that may be under way unless a peer says otherwise, and the most that it may say. */
export const defaultWindow = 65_535;
export const largestWindow = 2 ** 31 - 1;

export interface Frame {
  readonly type: number;
  readonly flags: number;
  readonly stream: number;
  readonly payload: Buffer;
}

/** Writes a frame's header into a buffer; returns where its payload begins. */
export function writeFrameHeader(
  into: Buffer,
  at: number,
  { type, flags, stream }: Omit<Frame, "payload">,
  length: number,
): number {
  into.writeUIntBE(length, at, 3);
  into.writeUInt8(type, at + 3);
  into.writeUInt8(flags, at + 4);
  into.writeUInt32BE(stream, at + 5);
  return at + frameHeaderLength;
}

/** A frame's bytes. */
export function frameBytes(type: number, flags: number, stream: number, payload: Buffer): Buffer {
  const bytes = Buffer.allocUnsafe(frameHeaderLength + payload.length);
  payload.copy(bytes, writeFrameHeader(bytes, 0, { type, flags, stream }, payload.length));
  return bytes;
}

const none = Buffer.alloc(0);

/**
 * Cuts what a client sends into frames.
 * @param onFrame Told of each frame that is whole.
 * @returns a function that takes the next bytes, and throws ConnectionError when they are no HTTP/2, or hold a frame above the size that
 *   we take.
 */
export function frameReader(onFrame: (frame: Frame) => void): (chunk: Buffer) => void {
  let rest: Buffer = none;
  let begun = false;
  return (chunk) => {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let at = 0;
    if (!begun) {
      if (!preface.subarray(0, bytes.length).equals(bytes.subarray(0, preface.length)))
        throw new ConnectionError(errorCode.protocol, "not HTTP/2");
      begun = bytes.length >= preface.length;
      at = begun ? preface.length : 0;
    }
    while (begun && bytes.length - at >= frameHeaderLength) {
      const length = bytes.readUIntBE(at, 3);
      if (length > defaultFrameSize) throw new ConnectionError(errorCode.frameSize, `a frame of ${length} bytes`);
      const end = at + frameHeaderLength + length;
      if (bytes.length < end) break;
      onFrame({
        type: bytes.readUInt8(at + 3),
        flags: bytes.readUInt8(at + 4),
        stream: bytes.readUInt32BE(at + 5) & largestWindow,
        payload: bytes.subarray(at + frameHeaderLength, end),
      });
      at = end;
    }
    rest = at === bytes.length ? none : bytes.subarray(at);
  };
}
