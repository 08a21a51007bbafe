import { chmodSync } from "node:fs";
import { join } from "node:path";
import { differences } from "../../conformance/compare";
import { expectedOf } from "../../conformance/contract";
import { parseExposition } from "../../conformance/exposition";
import type { EnvironmentEstate } from "../../model/estate";
import { metricsOf } from "../../model/service";
import { startPostgres, startRedis } from "../servers/databases";
import { eventually, type Server } from "../servers/prometheus";
import { alertsOf, rulesOf, targetsOf } from "../simulate/prometheus-api";
import { UserError } from "../user-error";
import { inhibitedAt } from "./alertmanager-api";
import { startPostgresExporter, startRedisExporter } from "./exporters";
import { factor, startLocalAlertmanager, startMonitoring } from "./monitoring";
import type { DemoPrograms } from "./programs";
import { startReference } from "./reference-service";
import { type Page, type PageSink, startPageSink } from "./sink";
import { startTraffic } from "./traffic";

export interface DemoOptions {
  readonly estate: EnvironmentEstate;
  readonly programs: DemoPrograms;
  /** A folder of one's own. */
  readonly folder: string;
  /** Aborted: the demo ends, and everything that it started. */
  readonly interrupt: AbortSignal;
  /** Told each step once it has come. */
  readonly say: (line: string) => void;
}

interface Watched {
  readonly service: string;
  readonly alert: string;
}

/** What breaks, as its exporter sees it. */
const cause: Watched = { service: "orders-database", alert: "DatabaseDown" };
/** What its client shows of it: the share of requests that fail. */
const symptom: Watched = { service: "orders-api", alert: "HighErrorRate" };

const named = ({ service, alert }: Watched): string => `${alert} of ${service}`;

/** Seconds that any step may take: several times what it does. */
const patience = 40;

/** Orders that are taken before anything breaks: three seconds of them. */
const soundOrders = 30;

/** What was started, the last first, so that nobody loses what it talks to. */
type Started = { readonly stop: () => Promise<void> }[];

const interrupted = (): UserError => new UserError("the demo was interrupted");

/** Waits for a step. @throws UserError when it does not come, or when it is not wanted any more. */
async function step<T>(
  interrupt: AbortSignal,
  what: string,
  ask: () => Promise<T | undefined>,
  instead: () => string = () => "nothing of it was seen",
): Promise<T> {
  const answer = await eventually(
    patience,
    async () => (interrupt.aborted ? "interrupted" : await ask()),
    instead,
  ).catch((error: unknown) => {
    throw new UserError(`${what} has not come: ${error instanceof Error ? error.message : error}`);
  });
  if (answer === "interrupted") throw interrupted();
  return answer;
}

const isOf = ({ service, alert }: Watched, labels: Readonly<Record<string, string>>): boolean =>
  labels["alertname"] === alert && labels["service"] === service;

/** Whether an alert is pending or fires; undefined when it does neither. */
const stateOf = async (prometheus: string, watched: Watched): Promise<"pending" | "firing" | undefined> =>
  (await alertsOf(prometheus)).find(({ labels }) => isOf(watched, labels))?.state;

const pageOf = (sink: PageSink, { service, alert }: Watched, action: Page["event_action"]): Page | undefined =>
  sink
    .pages()
    .find(
      ({ event_action, payload }) =>
        event_action === action && payload.class === alert && payload.component === service,
    );

const keysOf =
  (action: Page["event_action"]) =>
  (pages: readonly Page[]): readonly string[] => [
    ...new Set(pages.filter(({ event_action }) => event_action === action).map(({ dedup_key }) => dedup_key)),
  ];
/** Incidents that pages opened. */
const openedBy = keysOf("trigger");
/** Incidents that pages closed. */
const closedBy = keysOf("resolve");

/** How many differences there are between what services expose at these URLs and what they declare. */
async function unlike({ services }: EnvironmentEstate, urls: Readonly<Record<string, string>>): Promise<number> {
  const counts = await Promise.all(
    services.map(async ({ service }) => {
      const url = urls[service.name];
      if (url === undefined) return 0;
      const page = parseExposition(await (await fetch(`${url}/metrics`)).text());
      return page.ok ? differences(expectedOf(metricsOf(service)), page.value).length : 1;
    }),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

async function acts({ estate, programs, folder, interrupt, say }: DemoOptions, all: Started): Promise<void> {
  const noted = async <T extends { readonly stop: () => Promise<void> }>(one: Promise<T>): Promise<T> => {
    const server = await one;
    all.unshift(server);
    return server;
  };
  /** Notes what is to be stopped, and starts nothing more once nobody wants it. */
  const started = async <T extends { readonly stop: () => Promise<void> }>(one: Promise<T>): Promise<T> => {
    const server = await noted(one);
    if (interrupt.aborted) throw interrupted();
    return server;
  };
  // PostgreSQL runs as nobody where this is root's, and must reach its data.
  chmodSync(folder, 0o711);
  const data = join(folder, "postgres");
  let database: Server = await startPostgres(programs.postgres, data);
  all.unshift({ stop: () => database.stop() });
  const redis = await started(startRedis(programs.redis, join(folder, "redis")));
  say(`PostgreSQL and Redis are up: ${new URL(database.url).host}, ${new URL(redis.url).host}`);

  const urls = { database: database.url, redis: redis.url, env: { LOG_LEVEL: "fatal" } };
  const both = [noted(startReference("api", urls)), noted(startReference("worker", urls))] as const;
  // Whichever fails, the other one is up or gone before anything is stopped.
  await Promise.allSettled(both);
  const [api, worker] = await Promise.all(both);
  if (interrupt.aborted) throw interrupted();
  const own = { "orders-api": api.url, "orders-worker": worker.url };
  say(`the service and its worker are up: ${api.url}, ${worker.url}`);

  const ofDatabase = await started(startPostgresExporter(programs.postgresExporter, database.url));
  const ofRedis = await started(startRedisExporter(programs.redisExporter, redis.url));
  const targets = { ...own, "orders-database": ofDatabase.url, "orders-redis": ofRedis.url };
  say(`PostgreSQL and Redis have their exporters: ${ofDatabase.url}, ${ofRedis.url}`);

  const sink = await started(startPageSink());
  const monitored = { estate, folder, targets, sink: sink.url };
  const alertmanager = await started(startLocalAlertmanager(programs.alertmanager, monitored));
  const prometheus = await started(startMonitoring(programs.prometheus, monitored, alertmanager.url));
  say(`Prometheus evaluates the deployed rules ${factor} times faster than usual: ${prometheus.url}/alerts`);
  say(`Alertmanager has the deployed routes, and a local sink for PagerDuty: ${alertmanager.url}`);

  const traffic = await started(Promise.resolve(startTraffic(api.url)));
  await step(interrupt, "a sound start", async () => {
    const [rules, scraped] = await Promise.all([rulesOf(prometheus.url), targetsOf(prometheus.url)]);
    const well =
      traffic.taken() >= soundOrders &&
      scraped.length === Object.keys(targets).length &&
      scraped.every(({ health }) => health === "up") &&
      rules.length > 0 &&
      rules.every(({ health }) => health === "ok");
    // On the fast clock TargetsMissing waits no longer than Prometheus takes to look for its targets: that must be over.
    const open = openedBy(sink.pages()).filter((key) => !closedBy(sink.pages()).includes(key));
    return well &&
      open.length === 0 &&
      (await unlike(estate, own)) === 0 &&
      (await alertsOf(prometheus.url)).length === 0
      ? true
      : undefined;
  });
  say("customers order ten times a second; every rule is evaluated, both services conform to their contracts");

  const before = openedBy(sink.pages());
  const port = Number(new URL(database.url).port);
  await database.stop();
  say("FAULT     PostgreSQL is stopped: orders are answered with 500");

  const becomes = async (watched: Watched, state: "firing" | undefined): Promise<void> => {
    const what = state === undefined ? `the end of ${named(watched)}` : `${named(watched)}, firing,`;
    await step(interrupt, what, async () => ((await stateOf(prometheus.url, watched)) === state ? true : undefined));
  };
  await step(interrupt, "a pending alert", () => stateOf(prometheus.url, cause));
  say(`PENDING   ${named(cause)}: its exporter cannot connect`);
  await becomes(cause, "firing");
  say(`FIRING    ${named(cause)}`);
  const page = await step(interrupt, "the page", async () => pageOf(sink, cause, "trigger"));
  say(`PAGE      ${page.payload.severity}: ${page.payload.summary}`);
  await becomes(symptom, "firing");
  say(`FIRING    ${named(symptom)}: too many requests fail`);
  const by = await step(interrupt, "an alert that is silenced", async () =>
    (await inhibitedAt(alertmanager.url)).find(({ labels }) => isOf(symptom, labels))?.by.join(", "),
  );
  say(`SILENCED  ${named(symptom)}, by ${by}: whoever was called knows why`);

  database = await startPostgres(programs.postgres, data, port);
  say("RECOVERY  PostgreSQL is back, with its data");
  await becomes(symptom, undefined);
  say(`QUIET     ${named(symptom)} fires no more`);
  await becomes(cause, undefined);
  say(`QUIET     ${named(cause)} fires no more`);
  const resolved = await step(interrupt, "the end of the page", async () => pageOf(sink, cause, "resolve"));
  if (resolved.dedup_key !== page.dedup_key) throw new UserError("another incident was resolved than was opened");
  say("RESOLVED  the same incident is closed");
  // A warning about the hour that the outage was in comes too, and rightly: it wakes nobody.
  const calls = sink
    .pages()
    .filter(({ dedup_key, payload }) => !before.includes(dedup_key) && payload.severity === "critical")
    .map(({ payload }) => `${payload.class} of ${payload.component}`);
  say(`all that people were woken for: ${[...new Set(calls)].join(", ")}`);
}

/**
 * Brings up the reference service and what watches it, breaks it, and shows who says so. Everything that it started is gone afterwards,
 * however it ends.
 * @throws UserError when a step does not come.
 */
export async function demo(options: DemoOptions): Promise<void> {
  const all: Started = [];
  try {
    await acts(options, all);
  } finally {
    for (const { stop } of all) await stop().catch(() => undefined);
  }
}
