import { mkdtempSync, rmSync } from "node:fs";
import { type ClientHttp2Session, connect } from "node:http2";
import { createConnection, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type Request, serveConnection } from "../../../../offline/protocol/http2/connection";
import { errorCode, flag, frameBytes, frameType, preface } from "../../../../offline/protocol/http2/frame";

/** `:status: 200`. */
const found = Buffer.from([0x88]);
const trailers = Buffer.concat([Buffer.from([0, 4]), Buffer.from("done"), Buffer.from([1]), Buffer.from("1")]);

describe("a connection", () => {
  let folder: string;
  let path: string;
  let server: Server;
  let requests: Request[];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "http2-"));
    path = join(folder, "s.sock");
    requests = [];
    server = createServer((socket) => {
      serveConnection(socket, {
        early: () => undefined,
        answer: (request) => {
          requests.push(request);
          return { head: { headers: found, body: request.body }, trailers };
        },
      });
    });
    await new Promise<void>((done) => server.listen(path, () => done()));
  });

  afterEach(async () => {
    await new Promise((done) => server.close(done));
    rmSync(folder, { recursive: true, force: true });
  });

  describe("from a client that is not ours, Node's", () => {
    let client: ClientHttp2Session;
    beforeEach(() => {
      client = connect("http://localhost", {
        createConnection: () => createConnection(path),
        // Windows smaller than what is sent, and frames larger than usual.
        settings: { initialWindowSize: 1_000, maxFrameSize: 20_000 },
      });
    });
    afterEach(() => client.destroy());

    const echo = (headers: Record<string, string>, body: Buffer): Promise<{ body: Buffer; done: unknown }> =>
      new Promise((settle, reject) => {
        const stream = client.request({ ":method": "POST", ":path": "/", ...headers });
        const chunks: Buffer[] = [];
        let done: unknown;
        stream.on("trailers", (received) => {
          done = received["done"];
        });
        stream.on("data", (chunk: Buffer) => chunks.push(chunk));
        stream.on("error", reject);
        stream.on("close", () => settle({ body: Buffer.concat(chunks), done }));
        stream.end(body);
      });

    test("reads every header as it was sent, whatever the tables hold by then", async () => {
      const name = fc.stringMatching(/^x-[a-z0-9-]{1,20}$/);
      // Every byte that a header may hold.
      const value = fc
        .array(fc.oneof(fc.integer({ min: 0x21, max: 0x7e }), fc.integer({ min: 0x80, max: 0xff })), { maxLength: 300 })
        .map((codes) => String.fromCharCode(...codes));
      const sent = fc.sample(fc.dictionary(name, value, { maxKeys: 12 }), { numRuns: 150, seed: 7 });
      for (const headers of sent) await echo(headers, Buffer.alloc(0));
      expect(
        requests.map(({ headers }) => Object.fromEntries(headers.filter(([each]) => each.startsWith("x-")))),
      ).toEqual(sent.map((headers) => ({ ...headers })));
    });

    test("answers many at once, each with all that it sent, though the client has little room", async () => {
      const bodies = [0, 1, 999, 1_000, 1_001, 16_384, 70_000, 300_000].map((length, index) =>
        Buffer.alloc(length, index),
      );
      const answers = await Promise.all(bodies.map((body) => echo({}, body)));
      expect(answers.map(({ done }) => done)).toEqual(bodies.map(() => "1"));
      expect(answers.map(({ body }, index) => body.equals(bodies[index] ?? Buffer.alloc(0)))).toEqual(
        bodies.map(() => true),
      );
    });

    test("answers headers that need more than one frame", async () => {
      const long = Object.fromEntries(["x-a", "x-b", "x-c"].map((name) => [name, `${name}`.repeat(4_000)]));
      await echo(long, Buffer.from("body"));
      expect(Object.fromEntries(requests[0]?.headers ?? [])).toMatchObject(long);
    });

    test("answers a ping, and goes on after a request that was given up", async () => {
      await new Promise<void>((done) => client.once("connect", () => done()));
      await new Promise<void>((done, fail) => client.ping((error) => (error === null ? done() : fail(error))));
      const given = client.request({ ":method": "POST", ":path": "/" });
      given.on("error", () => {});
      given.write("half");
      given.close();
      expect((await echo({}, Buffer.from("whole"))).body.toString()).toBe("whole");
      expect(requests).toHaveLength(1);
    });
  });

  describe("from a client that speaks otherwise", () => {
    /** What the server says until it hangs up. */
    const say = (...parts: readonly Buffer[]): Promise<Buffer> =>
      new Promise((settle) => {
        const socket: Socket = createConnection(path);
        const chunks: Buffer[] = [];
        socket.on("data", (chunk: Buffer) => chunks.push(chunk));
        socket.on("error", () => {});
        socket.on("close", () => settle(Buffer.concat(chunks)));
        for (const part of parts) socket.write(part);
      });

    const settings = frameBytes(frameType.settings, 0, 0, Buffer.alloc(0));
    const uint32 = (value: number): Buffer => {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(value);
      return bytes;
    };
    const headers = (flags: number, stream: number, block = Buffer.from([0x83, 0x84])): Buffer =>
      frameBytes(frameType.headers, flags, stream, block);
    const whole = flag.endHeaders | flag.endStream;

    test.each([
      ["another protocol", [Buffer.from("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")], errorCode.protocol],
      ["a frame that is too large", [Buffer.from([1, 0, 0, 0, 0, 0, 0, 0, 1])], errorCode.frameSize],
      ["damaged headers", [headers(whole, 1, Buffer.from([0xff]))], errorCode.compression],
      ["a stream of an even number", [headers(whole, 2)], errorCode.protocol],
      ["a stream again", [headers(whole, 1), headers(whole, 1)], errorCode.protocol],
      ["headers within headers", [headers(flag.endStream, 1), headers(whole, 3)], errorCode.protocol],
      ["a continuation of nothing", [frameBytes(frameType.continuation, 4, 1, Buffer.alloc(0))], errorCode.protocol],
      ["a push", [frameBytes(frameType.pushPromise, 4, 1, Buffer.alloc(4))], errorCode.protocol],
      ["settings cut short", [frameBytes(frameType.settings, 0, 0, Buffer.alloc(5))], errorCode.frameSize],
      ["a ping of another size", [frameBytes(frameType.ping, 0, 0, Buffer.alloc(7))], errorCode.frameSize],
      [
        "a window beyond all bounds",
        [frameBytes(frameType.windowUpdate, 0, 0, uint32(2 ** 31 - 1))],
        errorCode.flowControl,
      ],
      [
        "more padding than payload",
        [headers(flag.endHeaders, 1), frameBytes(frameType.data, flag.padded, 1, Buffer.from([9, 1]))],
        errorCode.protocol,
      ],
    ])("is ended: %s", async (name, frames, code) => {
      const said = await say(...(name === "another protocol" ? [] : [preface, settings]), ...frames);
      // The last frame is the farewell: the last stream's number, and why.
      expect(said.subarray(-8).readUInt32BE(4)).toBe(code);
      expect(said.subarray(-17).readUInt8(3)).toBe(frameType.goAway);
    });

    test("is read whatever the pieces, with padding and priorities", async () => {
      const padded = frameBytes(
        frameType.data,
        flag.padded | flag.endStream,
        1,
        Buffer.concat([Buffer.from([3]), Buffer.from("body"), Buffer.alloc(3)]),
      );
      const first = headers(
        flag.endHeaders | flag.priority | flag.padded,
        1,
        Buffer.concat([Buffer.from([2, 0, 0, 0, 0, 16, 0x83, 0x84]), Buffer.alloc(2)]),
      );
      const bytes = Buffer.concat([preface, settings, first, frameBytes(99, 0, 1, Buffer.from("?")), padded]);
      // One byte at a time, then what ends the connection.
      await say(...Array.from(bytes, (byte) => Buffer.from([byte])), headers(whole, 2));
      expect(requests).toEqual([
        {
          headers: [
            [":method", "POST"],
            [":path", "/"],
          ],
          body: Buffer.from("body"),
        },
      ]);
    });

    test("and hangs up at once, is nobody's error, and is told nothing", async () => {
      const socket = createConnection(path);
      const said: Buffer[] = [];
      socket.on("data", (chunk: Buffer) => said.push(chunk));
      await new Promise<void>((done) => socket.once("connect", () => done()));
      socket.end();
      await new Promise<void>((done) => socket.once("close", () => done()));
      expect(said).toEqual([]);
    });
  });
});
