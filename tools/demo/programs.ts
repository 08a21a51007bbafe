import { postgresFolder, type RedisProgram, redisProgram } from "../servers/databases";
import { debianProgram } from "../servers/debian";
import { UserError } from "../user-error";

/** Every program that the demo starts, beside the reference service. */
export interface DemoPrograms {
  readonly prometheus: string;
  readonly alertmanager: string;
  readonly postgresExporter: string;
  readonly redisExporter: string;
  readonly redis: RedisProgram;
  /** Folder of PostgreSQL's. */
  readonly postgres: string;
}

/**
 * Finds them: Debian's, unpacked into `.cache` where there is apt, else those on the PATH; PostgreSQL is the machine's own.
 * @throws UserError with all that are missing.
 */
export function findPrograms(onFetch: (what: string) => void): DemoPrograms {
  const prometheus = debianProgram({ program: "prometheus", package: "prometheus" }, onFetch);
  const alertmanager =
    debianProgram({ program: "prometheus-alertmanager", package: "prometheus-alertmanager" }, onFetch) ??
    debianProgram({ program: "alertmanager", package: "prometheus-alertmanager" });
  const exporter = (of: string): string | undefined =>
    debianProgram({ program: `prometheus-${of}-exporter`, package: `prometheus-${of}-exporter` }, onFetch) ??
    debianProgram({ program: `${of}_exporter`, package: `prometheus-${of}-exporter` });
  const postgresExporter = exporter("postgres");
  const redisExporter = exporter("redis");
  const redis = redisProgram(onFetch);
  const postgres = postgresFolder();
  if (
    prometheus !== undefined &&
    alertmanager !== undefined &&
    postgresExporter !== undefined &&
    redisExporter !== undefined &&
    redis !== undefined &&
    postgres !== undefined
  )
    return { prometheus, alertmanager, postgresExporter, redisExporter, redis, postgres };
  const missing = Object.entries({
    prometheus,
    alertmanager,
    postgres_exporter: postgresExporter,
    redis_exporter: redisExporter,
    "redis-server": redis,
    PostgreSQL: postgres,
  })
    .filter(([, found]) => found === undefined)
    .map(([name]) => name);
  throw new UserError(
    `there is no ${missing.join(", no ")}\n  fix: install what is missing, so that it is on the PATH (Debian: apt-get install postgresql)`,
  );
}
