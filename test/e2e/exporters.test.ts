import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { stringify } from "yaml";
import { alertmanager } from "../../catalog/telemetry/alertmanager";
import { hostCompute } from "../../catalog/telemetry/host-compute";
import { hostDisks } from "../../catalog/telemetry/host-disks";
import { hostNetwork } from "../../catalog/telemetry/host-network";
import { hostSystem } from "../../catalog/telemetry/host-system";
import { httpEndpoint } from "../../catalog/telemetry/http-endpoint";
import { postgresServer } from "../../catalog/telemetry/postgres-server";
import { postgresUpkeep } from "../../catalog/telemetry/postgres-upkeep";
import { prometheusServer } from "../../catalog/telemetry/prometheus-server";
import { reachability } from "../../catalog/telemetry/reachability";
import { redisServer } from "../../catalog/telemetry/redis-server";
import type { MetricDefinition } from "../../model/metric";
import type { TelemetryContract } from "../../model/telemetry";
import { debianFolder, debianProgram } from "./support/debian";
import { exposedOn } from "./support/exposition";
import { scratchFolder, write } from "./support/folders";
import { onPath } from "./support/path";
import { run } from "./support/process";
import { eventually, type Server } from "./support/prometheus";
import { freePort, loggedAddress, startServer } from "./support/server";

/*
 * The contracts of the catalog beside the pages of the real exporters: every metric that a contract declares is there, with its type
 * and its labels. A metric that is misspelt makes an alert that never fires, and nothing else would tell.
 */

jest.setTimeout(120_000);
const scratch = scratchFolder("exporters");
const anyPort = "--web.listen-address=127.0.0.1:0";

/** Metrics that a page has under conditions only, and which. */
const conditional: Readonly<Record<string, string>> = {
  node_systemd_unit_state: "the systemd collector is off by default, and needs systemd to run",
  node_pressure_io_waiting_seconds_total: "the kernel is built and booted with pressure stall information",
  node_timex_offset_seconds: "the machine lets a process ask for the state of its clock",
  node_timex_sync_status: "the machine lets a process ask for the state of its clock",
  pg_stat_bgwriter_checkpoints_req_total: "the server is older than PostgreSQL 17",
  pg_stat_bgwriter_checkpoints_timed_total: "the server is older than PostgreSQL 17",
};

/** Counters of the kernel that the node exporter passes on without saying what they are. */
const untyped = /^node_(netstat|vmstat)_/;

/** What is wrong with a declared metric, beside the pages that should have it. */
function problemsOf(metric: MetricDefinition, pages: readonly string[]): readonly string[] {
  const exposed = exposedOn(...pages).get(metric.name);
  if (exposed === undefined) return conditional[metric.name] === undefined ? ["is on no page"] : [];
  const missing = Object.keys(metric.labels).filter((label) => exposed.samples > 0 && !exposed.labels.has(label));
  const alike = exposed.type === metric.type || (exposed.type === "untyped" && untyped.test(metric.name));
  return [
    ...(alike ? [] : [`is a ${exposed.type}, not a ${metric.type}`]),
    ...missing.map((label) => `has no label ${label}`),
  ];
}

/** What is wrong with contracts, all of it. */
const problems = (
  contracts: readonly { readonly contract: TelemetryContract }[],
  ...pages: readonly string[]
): readonly string[] =>
  contracts.flatMap(({ contract }) =>
    contract.metrics.flatMap((metric) => problemsOf(metric, pages).map((problem) => `${metric.name} ${problem}`)),
  );

const page = async ({ url }: Server, path = "/metrics"): Promise<string> => (await fetch(url + path)).text();

const servers: Server[] = [];
const started = async (command: readonly string[], options: Parameters<typeof startServer>[1]): Promise<Server> => {
  const server = await startServer(command, options);
  servers.push(server);
  return server;
};
afterAll(async () => {
  await Promise.all(servers.map(({ stop }) => stop()));
});

/** Folder of PostgreSQL's programs: Debian keeps them beside the PATH. */
const postgresFolder = (): string | undefined => {
  const versions = "/usr/lib/postgresql";
  const [newest] = [...(existsSync(versions) ? readdirSync(versions) : [])].sort((a, b) => Number(b) - Number(a));
  return newest === undefined ? undefined : join(versions, newest, "bin");
};

/** Libraries that Redis needs, of the release that it is taken from: they run wherever that release's C library is or a newer one. */
const redisLibraries = ["libjemalloc2", "liblzf1", "liblua5.1-0", "lua-cjson", "lua-bitop", "libatomic1"] as const;

const programs = {
  prometheus: debianProgram({ program: "prometheus", package: "prometheus" }),
  alertmanager: debianProgram({ program: "prometheus-alertmanager", package: "prometheus-alertmanager" }),
  nodeExporter: debianProgram({ program: "prometheus-node-exporter", package: "prometheus-node-exporter" }),
  blackboxExporter: debianProgram({ program: "prometheus-blackbox-exporter", package: "prometheus-blackbox-exporter" }),
  postgresExporter: debianProgram({ program: "prometheus-postgres-exporter", package: "prometheus-postgres-exporter" }),
  redisExporter: debianProgram({ program: "prometheus-redis-exporter", package: "prometheus-redis-exporter" }),
  redis: debianProgram({ program: "redis-check-rdb", package: "redis-tools", release: "bookworm" }),
  postgres: postgresFolder(),
  openssl: onPath("openssl"),
  unshare: onPath("unshare"),
};
const {
  prometheus = "",
  alertmanager: alertmanagerProgram = "",
  nodeExporter = "",
  blackboxExporter = "",
  postgresExporter = "",
  redisExporter = "",
  redis = "",
  postgres = "",
  openssl = "",
  unshare = "",
} = programs;

/** A suite that runs where its programs can be had, and otherwise says which could not. */
function suite(title: string, needs: readonly (keyof typeof programs)[], body: () => void): void {
  const missing = needs.filter((name) => programs[name] === undefined);
  const named = `${title}${missing.map((name) => ` (not run: no ${name})`).join("")}`;
  (missing.length === 0 ? describe : describe.skip)(named, body);
}

suite("the node exporter", ["nodeExporter"], () => {
  test("exposes what the contracts of hosts declare", async () => {
    const server = await started([nodeExporter, anyPort], { url: loggedAddress });
    expect(problems([hostCompute, hostDisks, hostNetwork, hostSystem], await page(server))).toEqual([]);
  });
});

suite("the blackbox exporter", ["blackboxExporter", "openssl"], () => {
  test("exposes what the contract of endpoints declares, of a page that is encrypted", async () => {
    const [key, certificate] = ["key.pem", "certificate.pem"].map((name) => join(scratch, name));
    const made = await run(openssl, [
      ...["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "20", "-subj", "/CN=localhost"],
      ...["-keyout", key ?? "", "-out", certificate ?? ""],
    ]);
    expect(made.status).toBe(0);
    const site = createServer({ key: readFileSync(key ?? ""), cert: readFileSync(certificate ?? "") }, (_, answer) =>
      answer.end("hello"),
    );
    const port = await new Promise<number>((done) =>
      site.listen(0, "127.0.0.1", () => {
        const address: AddressInfo | string | null = site.address();
        done(typeof address === "object" && address !== null ? address.port : 0);
      }),
    );
    const config = write(
      join(scratch, "blackbox.yml"),
      stringify({ modules: { site: { prober: "http", http: { tls_config: { insecure_skip_verify: true } } } } }),
    );
    const server = await started([blackboxExporter, `--config.file=${config}`, anyPort], { url: loggedAddress });
    const probe = await page(server, `/probe?module=site&target=https://127.0.0.1:${port}/`);
    site.close();

    expect(problems([httpEndpoint], probe)).toEqual([]);
    expect(probe).toMatch(/^probe_success 1$/m);
    expect(probe).toMatch(/^probe_http_status_code 200$/m);
    // What CertificateExpiresSoon makes of it: days that are left.
    const [, expiry = ""] = /^probe_ssl_earliest_cert_expiry (\S+)$/m.exec(probe) ?? [];
    expect(Math.round((Number(expiry) - Date.now() / 1000) / 86_400)).toBe(20);
  });
});

suite("the postgres exporter", ["postgresExporter"], () => {
  const exporting = (address: string) =>
    started([postgresExporter, anyPort, "--collector.database_wraparound"], {
      env: { DATA_SOURCE_NAME: `postgresql://postgres@${address}/postgres?sslmode=disable` },
      url: loggedAddress,
    });

  test("says that a server is down, by the metrics that its alerts read", async () => {
    const exposed = await page(await exporting(`127.0.0.1:${await freePort()}`));
    expect(exposed).toMatch(/^pg_up 0$/m);
    expect(exposed).toMatch(/^pg_exporter_last_scrape_error 1$/m);
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
    });
  });
});

suite("the redis exporter", ["redisExporter"], () => {
  const exporting = async (redisPort: number): Promise<Server> => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    return started(
      [redisExporter, `--web.listen-address=127.0.0.1:${port}`, `--redis.addr=redis://127.0.0.1:${redisPort}`],
      { url: async () => ((await fetch(`${url}/health`)).ok ? url : undefined) },
    );
  };

  test("says that a server is down, by the metrics that its alerts read", async () => {
    const exposed = await page(await exporting(await freePort()));
    expect(exposed).toMatch(/^redis_up 0$/m);
    expect(exposed).toMatch(/^redis_exporter_last_scrape_error\{err=".+"\} 1$/m);
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
      expect(pages.join("\n")).toMatch(/^redis_memory_max_bytes 6\.7108864e\+07$/m);
    });
  });
});

/**
 * Alertmanager where it finds its templates: Debian's reads them below `/usr/share`, which is a folder of this process' own here and
 * nobody else's.
 */
const alertmanagerCommand = (config: string): readonly string[] => {
  const templates = join(debianFolder("prometheus-alertmanager") ?? "", "share", "prometheus");
  const script =
    'mount -t tmpfs tmpfs /usr/share && mkdir /usr/share/prometheus && cp -r "$1/alertmanager" /usr/share/prometheus/ && shift && exec "$@"';
  return [
    ...[unshare, "--user", "--map-root-user", "--mount", "sh", "-c", script, "sh", templates, alertmanagerProgram],
    ...[`--config.file=${config}`, `--storage.path=${join(scratch, "alertmanager")}`, anyPort],
    ...["--cluster.listen-address=127.0.0.1:0", "--log.level=info"],
  ];
};

suite("Prometheus and Alertmanager", ["prometheus", "alertmanager", "unshare"], () => {
  let monitors: readonly Server[] = [];
  beforeAll(async () => {
    const routes = { route: { receiver: "nobody" }, receivers: [{ name: "nobody" }] };
    const manager = await started(alertmanagerCommand(write(join(scratch, "alertmanager.yml"), stringify(routes))), {
      url: loggedAddress,
    });
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const address = manager.url.replace("http://", "");
    const rules = { groups: [{ name: "always", rules: [{ alert: "Watchdog", expr: "vector(1) == 1" }] }] };
    const config = {
      global: { scrape_interval: "1s", evaluation_interval: "1s" },
      scrape_configs: [{ job_name: "monitoring", static_configs: [{ targets: [`127.0.0.1:${port}`, address] }] }],
      // To itself: some metrics are there only once something was written.
      remote_write: [{ url: `${url}/api/v1/write`, name: "self" }],
      alerting: { alertmanagers: [{ static_configs: [{ targets: [address] }] }] },
      rule_files: [write(join(scratch, "always.yml"), stringify(rules))],
    };
    const server = await started(
      [
        prometheus,
        `--config.file=${write(join(scratch, "prometheus.yml"), stringify(config))}`,
        `--storage.tsdb.path=${join(scratch, "data")}`,
        `--web.listen-address=127.0.0.1:${port}`,
        "--web.enable-remote-write-receiver",
        // An alert that fires before Alertmanager is found is sent again only after this.
        "--rules.alert.resend-delay=1s",
        // At its end nobody takes what it still has to write to itself.
        "--storage.remote.flush-deadline=1s",
      ],
      { url: async () => ((await fetch(`${url}/-/ready`)).ok ? url : undefined) },
    );
    monitors = [server, manager];
  });

  test("expose what the contracts of the monitors declare", async () => {
    const pages = await eventually(
      30,
      async () => {
        const texts = await Promise.all(monitors.map((monitor) => page(monitor)));
        const written = texts.join("\n").includes("prometheus_remote_storage_queue_highest_sent_timestamp_seconds{");
        return written ? texts : undefined;
      },
      () => "nothing was written to the workspace yet",
    );
    expect(problems([prometheusServer, alertmanager], ...pages)).toEqual([]);
  });

  test("pass the watchdog on, from a rule that always fires to Alertmanager", async () => {
    const [, manager] = monitors;
    const alerts = await eventually(
      20,
      async () => {
        const text = manager === undefined ? "" : await page(manager, "/api/v2/alerts");
        return text.includes('"Watchdog"') ? text : undefined;
      },
      () => "the watchdog has not arrived",
    );
    expect(alerts).toContain('"state":"active"');
  });

  test("count every target by the metric that reachability is made of", async () => {
    const [server] = monitors;
    const answer = await eventually(
      20,
      async () => {
        const text = server === undefined ? "" : await page(server, "/api/v1/query?query=up");
        return text.match(/"value":\[[\d.]+,"1"\]/g)?.length === 2 ? text : undefined;
      },
      () => "not every target was scraped",
    );
    expect(reachability.contract.metrics.map(({ name }) => answer.includes(`"__name__":"${name}"`))).toEqual([true]);
  });
});
