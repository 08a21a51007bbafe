import { chownSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, jest, test } from "@jest/globals";
import { postgresServer } from "../../catalog/telemetry/postgres-server";
import { postgresUpkeep } from "../../catalog/telemetry/postgres-upkeep";
import { redisServer } from "../../catalog/telemetry/redis-server";
import { debianFolder } from "../../tools/servers/debian";
import { eventually, type Server } from "../../tools/servers/prometheus";
import { problems } from "./support/contract-problems";
import { anyPort, page, programs, started, suite } from "./support/exporters";
import { scratchFolder } from "./support/folders";
import { run } from "./support/process";
import { freePort, loggedAddress } from "./support/server";
import { trueOf } from "./support/true-alerts";

/* As `exporters.test.ts`, for the exporters that stand beside another server: PostgreSQL and Redis. */

jest.setTimeout(120_000);
const scratch = scratchFolder("database-exporters");
const { postgresExporter = "", redisExporter = "", redis = "", postgres = "" } = programs;

/** Libraries that Redis needs, of the release that it is taken from: they run wherever that release's C library is or a newer one. */
const redisLibraries = ["libjemalloc2", "liblzf1", "liblua5.1-0", "lua-cjson", "lua-bitop", "libatomic1"] as const;

suite("the postgres exporter", ["postgresExporter", "prometheus"], () => {
  const exporting = (address: string) =>
    started([postgresExporter, anyPort, "--collector.database_wraparound"], {
      env: { DATA_SOURCE_NAME: `postgresql://postgres@${address}/postgres?sslmode=disable` },
      url: loggedAddress,
    });

  test("says that a server is down, by the metrics that its alerts read", async () => {
    // The exporter asks again after a second.
    const patient = { scrape_interval: "2s", scrape_timeout: "2s" };
    const exporter = await exporting(`127.0.0.1:${await freePort()}`);
    const exposed = await page(exporter);
    expect(exposed).toMatch(/^pg_up 0$/m);
    expect(exposed).toMatch(/^pg_exporter_last_scrape_error 1$/m);
    expect(await trueOf("database", scratch, { targets: [exporter], ...patient })).toEqual([
      "DatabaseDown",
      "DatabaseExporterFailing",
    ]);
  });

  suite("beside a server", ["postgres"], () => {
    const root = process.getuid?.() === 0;
    // PostgreSQL refuses to run as root; 65534 is nobody, everywhere.
    const user = root ? 65_534 : undefined;
    const data = mkdtempSync(join(tmpdir(), "estate-postgres-"));
    if (user !== undefined) chownSync(data, user, user);
    afterAll(() => rmSync(data, { recursive: true, force: true }));

    test("exposes what the contracts of databases declare", async () => {
      const port = await freePort();
      const settings = [`port=${port}`, "listen_addresses=127.0.0.1", "unix_socket_directories="];
      const program = (name: string): string => join(postgres, name);
      await started(
        [
          "sh",
          "-c",
          '"$1" -D "$4" -A trust -U postgres --no-sync >&2 && shift && exec "$@"',
          "sh",
          program("initdb"),
          program("postgres"),
          "-D",
          data,
          ...settings.flatMap((setting) => ["-c", setting]),
        ],
        {
          ...(user === undefined ? {} : { user }),
          url: (log) => (log.includes("ready to accept connections") ? `postgresql://127.0.0.1:${port}` : undefined),
        },
      );
      const table =
        "create table orders as select generate_series(1, 100) as id; delete from orders where id > 50; analyze orders";
      const created = await run(program("psql"), [
        "-h",
        "127.0.0.1",
        "-p",
        String(port),
        "-U",
        "postgres",
        "-c",
        table,
      ]);
      expect(created.status).toBe(0);

      const exporter = await exporting(`127.0.0.1:${port}`);
      const exposed = await eventually(
        20,
        async () => {
          const text = await page(exporter);
          return text.includes('relname="orders"') ? text : undefined;
        },
        () => "the table is not counted yet",
      );
      expect(problems([postgresServer, postgresUpkeep], exposed)).toEqual([]);
      expect(exposed).toMatch(/^pg_up 1$/m);
      expect(await trueOf("database", scratch, { targets: [exporter] })).toEqual([]);
    });
  });
});

suite("the redis exporter", ["redisExporter", "prometheus"], () => {
  const exporting = async (redisPort: number): Promise<Server> => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    return started(
      [redisExporter, `--web.listen-address=127.0.0.1:${port}`, `--redis.addr=redis://127.0.0.1:${redisPort}`],
      { url: async () => ((await fetch(`${url}/health`)).ok ? url : undefined) },
    );
  };

  test("says that a server is down, by the metrics that its alerts read", async () => {
    const exporter = await exporting(await freePort());
    const exposed = await page(exporter);
    expect(exposed).toMatch(/^redis_up 0$/m);
    expect(exposed).toMatch(/^redis_exporter_last_scrape_error\{err=".+"\} 1$/m);
    expect(await trueOf("redis", scratch, { targets: [exporter] })).toEqual([
      "RedisDown",
      "RedisServerDown",
      "RedisExporterFailing",
    ]);
  });

  suite("beside a primary and its replica", ["redis"], () => {
    test("exposes what the contract of Redis declares", async () => {
      const serving = async (...settings: readonly string[]): Promise<number> => {
        const port = await freePort();
        const home = join(scratch, `redis-${port}`);
        mkdirSync(home);
        const libraries = redisLibraries.map((name) =>
          join(debianFolder(name, "bookworm") ?? "", "lib", "x86_64-linux-gnu"),
        );
        // The program decides by its own name what it is.
        await started(
          [
            "sh",
            "-c",
            'cp "$1" "$2/redis-server" && cd "$2" && shift 2 && exec ./redis-server "$@" >&2',
            "sh",
            redis,
            home,
            ...["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--maxmemory", "64mb"],
            ...settings,
          ],
          {
            env: { LD_LIBRARY_PATH: libraries.join(":") },
            url: (log) => (/Ready to accept connections/.test(log) ? `redis://127.0.0.1:${port}` : undefined),
          },
        );
        return port;
      };
      const primary = await serving();
      const replica = await serving("--replicaof", "127.0.0.1", String(primary));
      const exporters = [await exporting(primary), await exporting(replica)];
      const pages = await eventually(
        20,
        async () => {
          const texts = await Promise.all(exporters.map((exporter) => page(exporter)));
          const linked = /^redis_master_link_up\{.*\} 1$/m.test(texts.join("\n"));
          return linked && texts.join("\n").includes('slave_state="online"') ? texts : undefined;
        },
        () => "the replica has not found its primary yet",
      );
      expect(problems([redisServer], ...pages)).toEqual([]);
      expect(await trueOf("redis", scratch, { targets: exporters })).toEqual([]);
      expect(pages.join("\n")).toMatch(/^redis_memory_max_bytes 6\.7108864e\+07$/m);
    });
  });
});
