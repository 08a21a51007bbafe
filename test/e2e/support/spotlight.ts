import { copyFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { installReference } from "../../../tools/demo/reference-service";
import type { Server } from "../../../tools/servers/prometheus";
import { projectRoot } from "./process";
import { startServer } from "./server";

const home = join(projectRoot, ".cache", "spotlight");
const source = join(projectRoot, "test", "e2e", "reference-service", "spotlight");

/** Installs Spotlight by its own lock file into `.cache`, unless it is there; nothing but a test needs it. */
export async function installSpotlight(): Promise<void> {
  mkdirSync(home, { recursive: true });
  for (const name of ["package.json", "package-lock.json", "serve.mjs"]) {
    const [from, to] = [join(source, name), join(home, name)];
    // A lock file that is newer than what is installed would have it installed again.
    if (!existsSync(to) || !readFileSync(from).equals(readFileSync(to))) copyFileSync(from, to);
  }
  await installReference(undefined, { folder: home, lock: join(projectRoot, ".cache", "spotlight-install.lock") });
}

/** An envelope as its stream has it: a header, and items of a header and a payload. */
const envelope = z.tuple([z.looseObject({}), z.array(z.tuple([z.looseObject({ type: z.string() }), z.unknown()]))]);

/** What of an error is looked at. */
const errorEvent = z.object({
  environment: z.string(),
  release: z.string(),
  tags: z.record(z.string(), z.string()),
  exception: z.object({ values: z.array(z.object({ type: z.string(), value: z.string() })) }),
});
export type SpotlightError = z.infer<typeof errorEvent>;

export interface Spotlight extends Server {
  /** Where Sentry's SDKs send to (`SENTRY_SPOTLIGHT`). */
  readonly stream: string;
  /** Every error that it has told its readers of. */
  readonly errors: () => readonly SpotlightError[];
  /** All that it has told its readers, as text. */
  readonly raw: () => string;
}

/** Starts it on a free port of this machine alone, and reads its stream as its own interface does. */
export async function startSpotlight(): Promise<Spotlight> {
  const server = await startServer([process.execPath, join(home, "serve.mjs")], {
    url: (log) => /spotlight is at (\S+)/.exec(log)?.[1],
  });
  const stream = `${server.url}/stream`;
  const reading = new AbortController();
  const told = await fetch(stream, { signal: reading.signal });
  let text = "";
  const read = (async () => {
    const decoder = new TextDecoder();
    for await (const part of told.body ?? []) text += decoder.decode(part, { stream: true });
  })().catch(() => undefined);
  const errors = (): readonly SpotlightError[] =>
    [...text.matchAll(/^data: ?(.*)$/gm)].flatMap(([, data = ""]) =>
      envelope
        .parse(JSON.parse(data))[1]
        .flatMap(([{ type }, payload]) => (type === "event" ? [errorEvent.parse(payload)] : [])),
    );
  return {
    url: server.url,
    stream,
    errors,
    raw: () => text,
    stop: async () => {
      reading.abort();
      await read;
      await server.stop();
    },
  };
}
