import { mkdtempSync, rmSync } from "node:fs";
import { type ClientHttp2Session, connect } from "node:http2";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { type GrpcServer, serveGrpc, type UnaryHandler } from "../../../offline/protocol/grpc-server";

interface Answer {
  readonly status: string | undefined;
  readonly message: Buffer | undefined;
}

function frame(message: Buffer, compressed = 0): Buffer {
  const prefix = Buffer.alloc(5);
  prefix.writeUInt8(compressed, 0);
  prefix.writeUInt32BE(message.length, 1);
  return Buffer.concat([prefix, message]);
}

function call(client: ClientHttp2Session, path: string, body: Buffer): Promise<Answer> {
  return new Promise((settle, reject) => {
    const stream = client.request({ ":method": "POST", ":path": path, "content-type": "application/grpc" });
    const chunks: Buffer[] = [];
    let status: unknown;
    stream.on("response", (headers) => {
      status = headers["grpc-status"] ?? status;
    });
    stream.on("trailers", (headers) => {
      status = headers["grpc-status"];
    });
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    stream.on("error", reject);
    stream.on("close", () => {
      const whole = Buffer.concat(chunks);
      settle({
        status: status === undefined ? undefined : String(status),
        message: whole.length === 0 ? undefined : whole.subarray(5),
      });
    });
    stream.end(body);
  });
}

describe("a gRPC server", () => {
  let folder: string;
  let socket: string;
  let server: GrpcServer;
  let client: ClientHttp2Session;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "grpc-"));
    socket = join(folder, "s.sock");
    server = await serveGrpc(socket, {
      unary: new Map<string, UnaryHandler>([
        ["/t.Echo/Reverse", (request: Buffer) => Buffer.from(request).reverse()],
        [
          "/t.Echo/Fail",
          () => {
            throw new Error("größer");
          },
        ],
      ]),
      silent: new Set(["/t.Echo/Silent"]),
    });
    client = connect("http://localhost", { createConnection: () => createConnection(socket) });
  });

  afterEach(async () => {
    client.destroy();
    await server.stop(100);
    rmSync(folder, { recursive: true, force: true });
  });

  test("answers a call, again and again and many at once", async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => call(client, "/t.Echo/Reverse", frame(Buffer.from(`ab${index % 10}`)))),
    );
    expect(answers.map(({ message }) => message?.toString())).toEqual(answers.map((_, index) => `${index % 10}ba`));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set(["0"]));
  });

  test("answers with an empty message", async () => {
    expect(await call(client, "/t.Echo/Reverse", frame(Buffer.alloc(0)))).toEqual({
      status: "0",
      message: Buffer.alloc(0),
    });
  });

  test("answers a message of 5 MB with all of it", async () => {
    const large = Buffer.alloc(5_000_000, "0123456789");
    const { status, message } = await call(client, "/t.Echo/Reverse", frame(large));
    expect([status, message?.equals(Buffer.from(large).reverse())]).toEqual(["0", true]);
  });

  test.each([
    ["what it does not know", "/t.Echo/Other", frame(Buffer.from("x")), "12"],
    ["a compressed message", "/t.Echo/Reverse", frame(Buffer.from("x"), 1), "12"],
    ["a message cut short", "/t.Echo/Reverse", frame(Buffer.from("xyz")).subarray(0, 6), "12"],
    ["no message", "/t.Echo/Reverse", Buffer.alloc(0), "12"],
    ["what fails", "/t.Echo/Fail", frame(Buffer.from("x")), "13"],
  ])("refuses %s", async (_, path, body, status) => {
    expect(await call(client, path, body)).toEqual({ status, message: undefined });
  });

  test("ends a silent stream when the client does", async () => {
    expect(await call(client, "/t.Echo/Silent", frame(Buffer.from("x")))).toEqual({ status: "0", message: undefined });
  });

  test("stops though a client keeps a stream open", async () => {
    const stream = client.request({ ":method": "POST", ":path": "/t.Echo/Silent" });
    stream.on("error", () => {});
    await new Promise((settle) => stream.once("response", settle));
    await server.stop(50);
    await expect(
      serveGrpc(socket, { unary: new Map(), silent: new Set() }).then((next) => next.stop(50)),
    ).resolves.toBeUndefined();
  });
});
