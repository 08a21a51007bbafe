import { createServer } from "node:http";
import { gunzipSync } from "node:zlib";
import { z } from "zod";
import type { Server } from "../../../tools/servers/prometheus";

/** OTLP over HTTP in JSON. Source: OpenTelemetry, OTLP specification, "JSON Protobuf Encoding"; `trace.proto`. */
const attributes = z.array(z.object({ key: z.string(), value: z.record(z.string(), z.unknown()) })).default([]);
const traces = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes }),
      scopeSpans: z.array(
        z.object({
          spans: z.array(
            z.object({
              traceId: z.string().regex(/^[0-9a-f]{32}$/),
              spanId: z.string().regex(/^[0-9a-f]{16}$/),
              parentSpanId: z.string().optional(),
              name: z.string(),
              kind: z.number(),
              attributes,
              status: z.object({ code: z.number().optional(), message: z.string().optional() }),
            }),
          ),
        }),
      ),
    }),
  ),
});

export type ReceivedSpan = z.infer<typeof traces>["resourceSpans"][number]["scopeSpans"][number]["spans"][number] & {
  readonly service: string;
};

/** Headers of an envelope and of an item. Source: Sentry, SDK development, "Envelopes". */
const itemHeader = z.object({ type: z.string(), length: z.number().optional() });
const event = z.object({
  environment: z.string(),
  release: z.string(),
  tags: z.record(z.string(), z.string()),
  exception: z.object({ values: z.array(z.object({ type: z.string(), value: z.string() })) }),
});
export type ReceivedError = z.infer<typeof event>;

/** A receiver of spans and of errors, in the place of a collector and of Sentry. */
export interface SignalSink extends Server {
  readonly dsn: string;
  readonly spans: () => readonly ReceivedSpan[];
  readonly errors: () => readonly ReceivedError[];
  /** Every byte that came, as text, whatever it is. */
  readonly raw: () => string;
}

const spansOf = (body: string): readonly ReceivedSpan[] =>
  traces.parse(JSON.parse(body)).resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const name = resource.attributes.find(({ key }) => key === "service.name")?.value["stringValue"];
    return scopeSpans.flatMap(({ spans }) => spans.map((span) => ({ ...span, service: String(name) })));
  });

/** Items of an envelope that are events: each has a line of its own, after one that says what it is. */
function errorsOf(body: string): readonly ReceivedError[] {
  const [, ...lines] = body.split("\n");
  return lines.flatMap((line, index) => {
    if (index % 2 === 1 || line === "") return [];
    return itemHeader.parse(JSON.parse(line)).type === "event" ? [event.parse(JSON.parse(lines[index + 1] ?? ""))] : [];
  });
}

/** Starts the receiver on a free port of this machine alone. What it cannot read makes `spans` or `errors` throw. */
export async function startSignalSink(): Promise<SignalSink> {
  const bodies: { readonly path: string; readonly text: string }[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const whole = Buffer.concat(parts);
      const bytes = request.headers["content-encoding"] === "gzip" ? gunzipSync(whole) : whole;
      bodies.push({ path: (request.url ?? "").split("?")[0] ?? "", text: bytes.toString("utf8") });
      response.writeHead(200, { "content-type": "application/json" }).end("{}");
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = z.object({ port: z.number() }).parse(server.address());
  const of = (path: string): readonly string[] => bodies.filter((body) => body.path === path).map(({ text }) => text);
  return {
    url: `http://127.0.0.1:${port}`,
    dsn: `http://0123456789abcdef0123456789abcdef@127.0.0.1:${port}/1`,
    spans: () => of("/v1/traces").flatMap(spansOf),
    errors: () => of("/api/1/envelope/").flatMap(errorsOf),
    raw: () => bodies.map(({ text }) => text).join("\n"),
    stop: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
