import { spawn } from "node:child_process";
import { chmodSync, readdirSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { beforeAll, describe, expect, jest, test } from "@jest/globals";
import { installReference } from "../../../tools/demo/reference-service";
import { programs } from "../support/exporters";
import { scratchFolder } from "../support/folders";
import { projectRoot } from "../support/process";

/* The demo as a user runs it: every step comes, in order, and nothing is left of it, whether it ends or is ended. */

jest.setTimeout(180_000);
const scratch = scratchFolder("demo");
const needed = ["prometheus", "alertmanager", "postgresExporter", "redisExporter", "redis", "postgres"] as const;
const missing = needed.filter((name) => programs[name] === undefined);
const suite = missing.length === 0 ? describe : describe.skip;

/** Runs it, and tells each line to somebody who may end it. */
const demo = (onLine: (line: string, interrupt: () => void) => void = () => undefined) =>
  new Promise<{ readonly code: number | null; readonly lines: readonly string[]; readonly stderr: string }>((done) => {
    const child = spawn(join(projectRoot, "estate"), ["demo"], {
      env: { ...process.env, TMPDIR: scratch, NO_COLOR: "1" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let [text, stderr, told] = ["", "", 0];
    child.stderr.setEncoding("utf8").on("data", (part: string) => {
      stderr += part;
    });
    child.stdout.setEncoding("utf8").on("data", (part: string) => {
      text += part;
      const lines = text.split("\n").slice(0, -1);
      for (const line of lines.slice(told)) onLine(line, () => child.kill("SIGINT"));
      told = lines.length;
    });
    child.once("close", (code) => done({ code, lines: text.trim().split("\n"), stderr }));
  });

const answers = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      done(true);
    });
    socket.once("error", () => done(false));
  });

/** Ports that it said, and that somebody still listens on. */
async function left(lines: readonly string[]): Promise<readonly number[]> {
  const ports = [...lines.join("\n").matchAll(/127\.0\.0\.1:(\d+)/g)].map(([, port]) => Number(port));
  expect(ports.length).toBeGreaterThan(1);
  const answering = await Promise.all(ports.map(answers));
  return ports.filter((_, index) => answering[index]);
}

/** What lies in the temporary folder, but for what tsx keeps there of the sources. */
const leftovers = (): readonly string[] => readdirSync(scratch).filter((name) => !name.startsWith("tsx-"));

suite(`the demo${missing.map((name) => ` (not run: no ${name})`).join("")}`, () => {
  beforeAll(async () => {
    // PostgreSQL may run as nobody, below it.
    chmodSync(scratch, 0o711);
    await installReference();
  });

  test("shows a fault, its page, a client that is silenced, the recovery and the page's end", async () => {
    const { code, lines, stderr } = await demo();
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const steps = lines.flatMap((line) => /^ +[\d.]+ s {2}([A-Z]+) {2,}\S/.exec(line)?.[1] ?? []);
    expect(steps).toEqual([
      ...["FAULT", "PENDING", "FIRING", "PAGE", "FIRING", "SILENCED"],
      ...["RECOVERY", "QUIET", "QUIET", "RESOLVED"],
    ]);
    const said = (words: string): boolean => lines.some((line) => line.includes(words));
    expect(lines.join("\n")).toMatch(/PostgreSQL and Redis have their exporters: http:\S+, http:\S+/);
    expect(said("PENDING   DatabaseDown of orders-database")).toBe(true);
    expect(said("PAGE      critical: [prod] orders-database DatabaseDown: The database refuses connections")).toBe(
      true,
    );
    expect(said("FIRING    HighErrorRate of orders-api")).toBe(true);
    expect(said("SILENCED  HighErrorRate of orders-api, by DatabaseDown")).toBe(true);
    expect(lines.at(-2)).toMatch(/all that people were woken for: DatabaseDown of orders-database$/);
    expect(await left(lines)).toEqual([]);
    expect(leftovers()).toEqual([]);
  });

  test("ends at Ctrl-C, and all that it started", async () => {
    const { code, lines, stderr } = await demo((line, interrupt) => {
      if (line.includes("PostgreSQL and Redis are up")) interrupt();
    });
    expect({ code, stderr }).toEqual({ code: 130, stderr: expect.stringContaining("SIGINT: the demo has ended") });
    expect(lines.join("\n")).not.toContain("FAULT");
    expect(await left(lines)).toEqual([]);
    expect(leftovers()).toEqual([]);
  });
});
