import { createServer } from "node:http";
import { z } from "zod";
import { eventually, type Server } from "../../../tools/servers/prometheus";

/** What somebody sent to the sink. */
export interface Received {
  /** Path of the URL, by which senders are told apart. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The body as JSON; undefined when it is none. */
  readonly body: unknown;
}

/** A server that takes everything and remembers it, in the place of PagerDuty, Slack and others. */
export interface HttpSink extends Server {
  /** Everything so far, in the order of arrival. */
  readonly received: () => readonly Received[];
  /** The first that a path received and that is of a shape; waits for it. */
  readonly first: <T>(path: string, shape: z.ZodType<T>, seconds?: number) => Promise<T>;
  readonly forget: () => void;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const address = z.object({ port: z.number() });

/** Starts a sink on a free port of this machine alone. It answers as PagerDuty (202) and Slack (`ok`) do when all is well. */
export async function startHttpSink(): Promise<HttpSink> {
  let received: readonly Received[] = [];
  const server = createServer((request, response) => {
    let text = "";
    request.setEncoding("utf8").on("data", (part: string) => {
      text += part;
    });
    request.on("end", () => {
      received = [...received, { path: request.url ?? "", headers: request.headers, body: parsed(text) }];
      response.writeHead(202, { "Content-Type": "application/json" }).end('{"ok":true,"status":"success"}');
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = address.parse(server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    received: () => received,
    first: (path, shape, seconds = 20) =>
      eventually(
        seconds,
        async () =>
          received
            .filter((each) => each.path === path)
            .map(({ body }) => shape.safeParse(body))
            .find(({ success }) => success)?.data,
        () => JSON.stringify(received),
      ),
    forget: () => {
      received = [];
    },
    stop: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
