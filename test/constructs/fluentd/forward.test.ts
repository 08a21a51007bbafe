import { setTimeout } from "node:timers/promises";
import { FluentClient, FluentServer } from "@fluent-org/logger";
import { afterEach, describe, expect, test } from "@jest/globals";
import { labelled } from "../../../constructs/fluentd/route";
import { parameterOf, typeOf } from "../../../constructs/fluentd/syntax";
import { interpret, type LogEvent } from "./interpreter";
import { configWith } from "./shipping";

/**
 * Fluentd's forward protocol, spoken by its own project's client and server for Node.js: that the tags and records that services send come
 * through a handshake with a shared key, acknowledged, and what the configuration then does with them. Fluentd itself is not run.
 */
const sharedKey = "a key of both";

class Receiver extends FluentServer {
  readonly received: LogEvent[] = [];
  protected override onEntry(tag: string, _time: unknown, record: Record<string, unknown>): void {
    this.received.push({ tag, time: 1_700_000_000_000, record });
  }
}

const config = configWith();
const input = config.find((section) => typeOf(section) === "forward");
const secured = input?.sections.some(({ name }) => name === "security") ?? false;

const client = (port: number, key: string) =>
  new FluentClient("logs", {
    ack: { ackTimeout: 2000 },
    security: { clientHostname: "app-service", sharedKey: key },
    socket: { host: "127.0.0.1", port, timeout: 2000, disableReconnect: true },
    disableAutoconnect: true,
  });

describe("events by the forward protocol", () => {
  const open: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const server of open.splice(0)) await server.close();
  });

  async function receiver(): Promise<Receiver> {
    const server = new Receiver({
      listenOptions: { host: "127.0.0.1", port: 0 },
      ...(secured ? { security: { serverHostname: "fluentd", sharedKey, authorize: false, userDict: {} } } : {}),
    });
    await server.listen();
    open.push(server);
    return server;
  }

  test("are acknowledged, routed by the service's tag, redacted, and reach every output once", async () => {
    const server = await receiver();
    const services = client(server.port ?? 0, sharedKey);
    await services.connect();
    // Resolved by the server's acknowledgement, and not by writing.
    await services.emit("app-service", { level: "ERROR", message: "ann@example.com refused", client_ip: "192.0.2.1" });
    await services.emit("celery-worker", { level: "INFO", message: "done", trace_id: "4111111111111111" });
    await services.disconnect();

    const inputLabel = input === undefined ? "" : (parameterOf(input, "@label") ?? "");
    expect(labelled(config, inputLabel)).toBeDefined();
    const delivered = interpret(config, server.received, inputLabel);
    expect([...delivered].map(([output, events]) => [output, events.length])).toEqual([
      ["elasticsearch", 2],
      ["cloudwatch-app-service", 1],
      ["s3", 2],
      ["datadog", 2],
      ["cloudwatch-celery-worker", 1],
    ]);
    expect(delivered.get("cloudwatch-app-service")?.[0]?.record).toMatchObject({
      message: "[email-address] refused",
      client_ip: "[redacted]",
      service: "app-service",
    });
    expect(delivered.get("cloudwatch-celery-worker")?.[0]?.record).toMatchObject({ trace_id: "4111111111111111" });
  });

  test("are taken from nobody without the key", async () => {
    const server = await receiver();
    const stranger = client(server.port ?? 0, "another key");
    // The server closes the door without a word, and the client would try again for ever.
    const sent = Promise.allSettled([stranger.connect(), stranger.emit("app-service", { message: "m" })]);
    const outcome = await Promise.race([sent, setTimeout(300, "nothing")]);
    expect(outcome).toBe("nothing");
    expect(server.received).toEqual([]);
    await stranger.shutdown();
  });
});
