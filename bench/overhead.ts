import { spawnSync } from "node:child_process";
import { chmodSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { installReference, startReference } from "../tools/demo/reference-service";
import { postgresFolder, redisProgram, startPostgres, startRedis } from "../tools/servers/databases";
import { type ServerProcess, startProcess } from "../tools/servers/process";
import { eventually, type Server } from "../tools/servers/prometheus";
import { inTemporaryFolder } from "../tools/terraform/in-temporary-folder";
import { textTable } from "../tools/text-table";
import { load, quantile } from "./load";
import { median } from "./measurement";
import { groupSeconds } from "./process-cpu";

/*
 * `npm run overhead [-- --rounds 10] [--seconds 5] [--customers 8] [--json]`: what the reference service's logs, metrics, spans and error
 * tracking cost. The service and its worker run twice, once with `INSTRUMENTED=off`, each on a database of its own in one PostgreSQL and one
 * Redis. Rounds of the two take turns, and the one that begins alternates, so that a machine that is busy or grows warm slows both. What is
 * emitted is really sent: logs into a pipe that is read, spans by OTLP to a receiver that drops them. Ratios are medians of those of rounds
 * that followed each other; where the machine does other things too, trust the CPU time most. It measures and asserts nothing.
 */

const kinds = ["bare", "instrumented"] as const;
type Kind = (typeof kinds)[number];

/** What one round, or the median of several, was like. */
interface Round {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** Milliseconds of CPU of the API and its worker for each request, payments included. */
  readonly cpu: number;
}

const measures = ["perSecond", "p50", "p99", "cpu"] as const satisfies readonly (keyof Round)[];

/** The service of one kind. */
interface Subject {
  readonly api: ServerProcess;
  readonly worker: ServerProcess;
}

/** A receiver of spans and errors that drops them, in a process of its own so that it takes nothing of the customers' time. */
const receiver = `const server = require("node:http").createServer((request, response) => {
  request.resume().on("end", () => response.writeHead(200, { "content-type": "application/json" }).end("{}"));
});
server.listen(0, "127.0.0.1", () => console.error("port " + server.address().port));`;

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "10" },
    seconds: { type: "string", default: "5" },
    customers: { type: "string", default: "8" },
    json: { type: "boolean", default: false },
  },
});
const rounds = Number(values.rounds);
const seconds = Number(values.seconds);
const customers = Number(values.customers);

/** Waits until the payments of a round are taken, so that they take nothing from the next one. The queue keeps its order. */
const settled = ({ url }: Server, lastOrder: string): Promise<true> =>
  eventually(
    120,
    async () => ((await (await fetch(`${url}${lastOrder}`)).text()).includes('"paid"') ? true : undefined),
    () => "the last order is not paid",
  );

const cpuOf = ({ api, worker }: Subject): number =>
  [api, worker].reduce((sum, { group }) => sum + (group === undefined ? Number.NaN : groupSeconds(group)), 0);

async function round(subject: Subject, duration: number): Promise<Round> {
  const before = cpuOf(subject);
  const { perSecond, latencies, lastOrder } = await load(subject.api.url, customers, duration);
  await settled(subject.api, lastOrder);
  const cpu = ((cpuOf(subject) - before) * 1000) / latencies.length;
  return { perSecond, p50: quantile(latencies, 0.5), p99: quantile(latencies, 0.99), cpu };
}

/** A value for each measure. */
const each = (of: (measure: keyof Round) => number): Round => ({
  perSecond: of("perSecond"),
  p50: of("p50"),
  p99: of("p99"),
  cpu: of("cpu"),
});

interface Result extends Readonly<Record<Kind, Round>> {
  /** Instrumented against bare. */
  readonly ratio: Round;
}

async function measure(subjects: Readonly<Record<Kind, Subject>>): Promise<Result> {
  // What is compiled and connected at first is no round's.
  for (const kind of kinds) await round(subjects[kind], 3);
  const pairs: Readonly<Record<Kind, Round>>[] = [];
  for (let index = 0; index < rounds; index += 1) {
    if (index % 2 === 0) {
      const bare = await round(subjects.bare, seconds);
      pairs.push({ bare, instrumented: await round(subjects.instrumented, seconds) });
    } else {
      const instrumented = await round(subjects.instrumented, seconds);
      pairs.push({ bare: await round(subjects.bare, seconds), instrumented });
    }
  }
  return {
    bare: each((name) => median(pairs.map(({ bare }) => bare[name]))),
    instrumented: each((name) => median(pairs.map(({ instrumented }) => instrumented[name]))),
    ratio: each((name) => median(pairs.map(({ bare, instrumented }) => instrumented[name] / bare[name]))),
  };
}

function tableOf({ bare, instrumented, ratio }: Result): string {
  const row = (name: string, one: Round) => [
    name,
    ...measures.map((measure) => one[measure].toFixed(measure === "perSecond" ? 0 : 2)),
  ];
  return textTable(
    ["", "requests/s", "p50 ms", "p99 ms", "CPU ms/request"],
    [
      row("bare", bare),
      row("instrumented", instrumented),
      ["ratio", ...measures.map((measure) => ratio[measure].toFixed(2))],
    ],
  );
}

async function overhead(folder: string): Promise<void> {
  const postgres = postgresFolder();
  const redis = redisProgram(console.error);
  if (postgres === undefined || redis === undefined)
    throw new Error(`there is no ${postgres === undefined ? "PostgreSQL" : "redis-server"} on this machine`);
  await installReference();
  // PostgreSQL runs as nobody where this is root's, and must reach its data.
  chmodSync(folder, 0o711);
  const all: Server[] = [];
  const started = async <T extends Server>(one: Promise<T>): Promise<T> => {
    const server = await one;
    all.unshift(server);
    return server;
  };
  try {
    const database = await started(startPostgres(postgres, join(folder, "postgres")));
    const cache = await started(startRedis(redis, join(folder, "redis")));
    const { url: sink } = await started(
      startProcess([process.execPath, "-e", receiver], {
        url: (log) => /port (\d+)/.exec(log)?.[1],
      }),
    );
    const start = async (kind: Kind, index: number): Promise<Subject> => {
      const made = spawnSync(join(postgres, "psql"), [database.url, "-c", `CREATE DATABASE ${kind}`]);
      if (made.status !== 0) throw new Error(`CREATE DATABASE failed: ${made.stderr}`);
      const options = {
        database: database.url.replace(/postgres$/, kind),
        redis: `${cache.url}/${index}`,
        env: {
          INSTRUMENTED: kind === "bare" ? "off" : "on",
          OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${sink}`,
          SENTRY_DSN: `http://0123456789abcdef0123456789abcdef@127.0.0.1:${sink}/1`,
        },
        onLog: () => undefined,
      };
      const api = await started(startReference("api", options));
      return { api, worker: await started(startReference("worker", options)) };
    };
    const subjects = { bare: await start("bare", 0), instrumented: await start("instrumented", 1) };
    const result = await measure(subjects);
    if (values.json) {
      console.log(JSON.stringify({ rounds, seconds, customers, ...result }));
      return;
    }
    console.log(tableOf(result));
    console.log(
      `\nMedians of ${rounds} rounds of ${seconds} s each, ${customers} customers; ${availableParallelism()} processors` +
        ` (${cpus()[0]?.model ?? "unknown"}) for the service, its worker, PostgreSQL, Redis, the receiver and the customers. Node.js ${process.version}.`,
    );
  } finally {
    for (const server of all) await server.stop();
  }
}

inTemporaryFolder(overhead).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
