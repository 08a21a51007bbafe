import { createServer, type Server as HttpServer } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { parse, stringify } from "yaml";
import { z } from "zod";
import shipped from "../../catalog/catalog";
import { prometheusArtifacts } from "../../constructs/prometheus/rule-file";
import { prometheusRule } from "../../constructs/prometheus/rules";
import { serverArtifacts } from "../../constructs/prometheus/server-files";
import { weeklySummaryArtifacts } from "../../constructs/prometheus/weekly-summary";
import { nightlyReport } from "../../docs/examples/nightly-report";
import { estateOf } from "../../model/estate";
import { checked } from "../../model/result";
import { debianProgram } from "../../tools/servers/debian";
import { eventually, type Server } from "../../tools/servers/prometheus";
import { anyPort, page, programs, started, suite } from "./support/exporters";
import { scratchFolder, write } from "./support/folders";
import { startHttpSink } from "./support/http-sink";
import { estate, run } from "./support/process";
import { freePort, loggedAddress } from "./support/server";

/*
 * Prometheus' own configuration, as it is deployed, in a real Prometheus that scrapes real exporters. Only what this machine cannot have is
 * other: addresses are of loopback, and a scrape comes each second.
 */

jest.setTimeout(120_000);
const scratch = scratchFolder("prometheus-config");
const promtool = debianProgram({ program: "promtool", package: "promtool" }) ?? "";
const {
  prometheus = "",
  nodeExporter = "",
  postgresExporter = "",
  redisExporter = "",
  blackboxExporter = "",
  pushgateway = "",
  victoriaMetrics = "",
} = programs;

/** The shipped services, and one that is gone before it is scraped. */
const catalog = { ...shipped, services: [...shipped.services, nightlyReport] };

const folderOf = (environment: string): string => join(scratch, environment);
for (const environment of catalog.environments) {
  const of = estateOf(catalog, environment);
  for (const { path, content } of [...prometheusArtifacts(of), ...weeklySummaryArtifacts(of), ...serverArtifacts(of)])
    write(join(folderOf(environment.name), path), content);
}
const fileOf = (environment: string, name: string): string => join(folderOf(environment), "prometheus", name);

const jobShape = z
  .object({
    job_name: z.string(),
    relabel_configs: z.array(z.record(z.string(), z.unknown())).optional(),
  })
  .loose();
const configShape = z
  .object({
    global: z.record(z.string(), z.unknown()),
    scrape_configs: z.array(jobShape),
    alerting: z
      .object({ alertmanagers: z.array(z.record(z.string(), z.unknown())) })
      .loose()
      .optional(),
    remote_write: z
      .array(z.object({ url: z.string(), queue_config: z.record(z.string(), z.unknown()) }).loose())
      .optional(),
  })
  .loose();
type Config = z.infer<typeof configShape>;

const [prod] = catalog.environments
  .filter(({ production }) => production)
  .map((environment) => estateOf(catalog, environment));
if (prod === undefined) throw new Error("no production");
const production = prod.environment.name;
const files = serverArtifacts(prod);

const prodFile = (name: string): Config => {
  const found = files.find(({ path }) => path === `prometheus/${name}`);
  return configShape.parse(parse(found?.content ?? ""));
};
/** The same job where its targets are these, found without the DNS and EC2 of the deployment. */
function at(job: z.infer<typeof jobShape>, targets: readonly string[]) {
  const { dns_sd_configs: _dns, ec2_sd_configs: _ec2, scrape_interval: _interval, ...rest } = job;
  return { ...rest, static_configs: [{ targets, labels: { __meta_ec2_instance_id: "i-0abc" } }] };
}

const shown = z.object({
  data: z.object({
    activeTargets: z.array(
      z.object({
        labels: z.record(z.string(), z.string()),
        scrapePool: z.string(),
        health: z.string(),
        lastError: z.string(),
      }),
    ),
  }),
});
const series = z.object({
  data: z.object({ result: z.array(z.object({ metric: z.record(z.string(), z.string()) })) }),
});
const ask = async (server: Server, query: string) =>
  series
    .parse(JSON.parse(await page(server, `/api/v1/query?query=${encodeURIComponent(query)}`)))
    .data.result.map(({ metric }) => metric);

const hostOf = ({ url }: Server): string => url.replace("http://", "");

/** When the report was last written: before anybody can have missed to write one. */
const longAgo = 1_000_000_000;

/** What jobs pushed before they ended: a report's run, with one metric that its contract has not, and somebody else's. */
const pushed: Readonly<Record<string, string>> = {
  "nightly-report": [
    "# TYPE batch_last_success_timestamp_seconds gauge",
    `batch_last_success_timestamp_seconds ${longAgo}`,
    "# TYPE batch_duration_seconds gauge",
    "batch_duration_seconds 42",
    "# TYPE batch_rows gauge",
    "batch_rows 7\n",
  ].join("\n"),
  invoices: "# TYPE batch_duration_seconds gauge\nbatch_duration_seconds 3\n",
};

/** What a Pushgateway says of itself, and of each group that was pushed, as nobody here wrote it. */
const gatewayContract = `
metrics:
  - { name: push_time_seconds, type: gauge, labels: { job: { max: 50, example: nightly-report }, instance: { values: [""] } } }
  - { name: push_failure_time_seconds, type: gauge, labels: { job: { max: 50 }, instance: { values: [""] } } }
  - { name: pushgateway_http_push_duration_seconds, type: summary, labels: { method: { values: [put, post] } } }
  - { name: pushgateway_http_push_size_bytes, type: summary, labels: { method: { values: [put, post] } } }
  - { name: pushgateway_http_requests_total, type: counter,
      labels: { code: { max: 10, example: "200" }, handler: { max: 10, example: push }, method: { max: 4, example: put } } }
ignore: [go_, process_, pushgateway_build_info, batch_]
`;

/** What a service exposes: what its contract has, what it has not, and one sample that names a user. */
const pages: Readonly<Record<string, string>> = {
  "/metrics": [
    'http_requests_total{method="GET",endpoint="/orders",status="200"} 7',
    'http_requests_total{method="GET",endpoint="/orders",status="200",user_id="u-1"} 1',
    "go_goroutines 12",
    'container_memory_usage_bytes{id="/docker/1",image="company/analytics",name="a-1",container_label_com_amazonaws_ecs_container_name="analytics-backend"} 5',
    'container_memory_usage_bytes{id="/docker/2",image="company/app",name="b-1",container_label_com_amazonaws_ecs_container_name="app-service"} 6',
  ].join("\n"),
  "/custom_metrics": "active_connections 3\nhttp_requests_total 5",
};

suite("Prometheus' own configuration", ["prometheus"], () => {
  test.each(
    catalog.environments.flatMap(({ name }) =>
      ["prometheus.yml", "collector.yml"].map((file) => [name, file] as const),
    ),
  )("is right to promtool in %s: %s", async (environment, file) => {
    const { status, stdout, stderr } = await run(promtool, [
      "check",
      "config",
      "--lint-fatal",
      fileOf(environment, file),
    ]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain("is valid prometheus config file syntax");
    if (file === "prometheus.yml") expect(stdout).toMatch(/SUCCESS: [1-9]\d* rules found/);
  });

  const exporters = ["nodeExporter", "postgresExporter", "redisExporter", "blackboxExporter", "pushgateway"] as const;
  suite("that scrapes exporters", exporters, () => {
    let server: Server;
    let web: HttpServer;
    let gateway: Server;
    let where: Readonly<Record<string, string>>;
    const config = prodFile("prometheus.yml");
    beforeAll(async () => {
      web = createServer(({ url = "" }, answer) => answer.end(`${pages[url] ?? ""}\n`));
      const service = await new Promise<string>((done) =>
        web.listen(0, "127.0.0.1", () => {
          const listening = web.address();
          done(`127.0.0.1:${typeof listening === "object" && listening !== null ? listening.port : 0}`);
        }),
      );
      const redisPort = await freePort();
      const redisUrl = `http://127.0.0.1:${redisPort}`;
      const [node, postgres, redis, blackbox] = await Promise.all([
        started([nodeExporter, anyPort], { url: loggedAddress }),
        started([postgresExporter, anyPort], {
          env: { DATA_SOURCE_NAME: "postgresql://nobody@127.0.0.1:1/none?sslmode=disable" },
          url: loggedAddress,
        }),
        started([redisExporter, `--web.listen-address=127.0.0.1:${redisPort}`, "--redis.addr=redis://127.0.0.1:1"], {
          url: async () => ((await fetch(`${redisUrl}/health`)).ok ? redisUrl : undefined),
        }),
        started(
          [
            blackboxExporter,
            "--timeout-offset=0.1",
            `--config.file=${write(join(scratch, "blackbox.yml"), stringify({ modules: { http_2xx: { prober: "http" } } }))}`,
            anyPort,
          ],
          { url: loggedAddress },
        ),
      ]);
      gateway = await started([pushgateway, anyPort], { url: loggedAddress });
      for (const [job, text] of Object.entries(pushed)) {
        const answer = await fetch(`${gateway.url}/metrics/job/${job}`, { method: "PUT", body: text });
        expect(answer.status).toBe(200);
      }
      const own = `127.0.0.1:${await freePort()}`;
      where = {
        "app-service": service,
        "app-service/custom": service,
        "analytics-backend/cadvisor": service,
        hosts: hostOf(node),
        database: hostOf(postgres),
        redis: hostOf(redis),
        website: `http://${service}/`,
        monitoring: own,
        "nightly-report/pushgateway": hostOf(gateway),
      };
      const here = {
        ...config,
        global: { ...config.global, scrape_interval: "1s", scrape_timeout: "1s" },
        alerting: {
          ...config.alerting,
          alertmanagers: (config.alerting?.alertmanagers ?? []).map(({ dns_sd_configs: _, ...rest }) => ({
            ...rest,
            static_configs: [{ targets: [service] }],
          })),
        },
        scrape_configs: config.scrape_configs.map((job) => {
          const target = where[job.job_name];
          // The exporter asks a server that is away again after a second.
          const patient = job.job_name === "database" ? { scrape_interval: "2s", scrape_timeout: "2s" } : {};
          const substituted = { ...at(job, target === undefined ? [] : [target]), ...patient };
          return job.job_name === "website"
            ? {
                ...substituted,
                relabel_configs: job.relabel_configs?.map((rule) =>
                  rule["target_label"] === "__address__" && "replacement" in rule
                    ? { ...rule, replacement: hostOf(blackbox) }
                    : rule,
                ),
              }
            : substituted;
        }),
      };
      server = await started(
        [
          prometheus,
          `@${fileOf(production, "prometheus.args")}`,
          `--config.file=${write(fileOf(production, "here.yml"), stringify(here, { version: "1.1" }))}`,
          `--storage.tsdb.path=${join(scratch, "data")}`,
          `--web.listen-address=${own}`,
        ],
        {
          env: { HOSTNAME: "replica-7" },
          url: async () => ((await fetch(`http://${own}/-/ready`)).ok ? `http://${own}` : undefined),
        },
      );
    });
    afterAll(() => {
      web?.close();
    });

    test("finds every target up, under the job and the instance that rules select", async () => {
      const targets = await eventually(
        20,
        async () => {
          const { activeTargets } = shown.parse(JSON.parse(await page(server, "/api/v1/targets"))).data;
          const all = activeTargets.length === Object.keys(where).length;
          return all && activeTargets.every(({ health }) => health !== "unknown") ? activeTargets : undefined;
        },
        () => "not every target was scraped",
      );
      expect(
        targets.filter(({ health }) => health !== "up").map(({ scrapePool, lastError }) => [scrapePool, lastError]),
      ).toEqual([]);
      const labels = Object.fromEntries(targets.map(({ scrapePool, labels }) => [scrapePool, labels]));
      expect(labels).toEqual({
        "app-service": { job: "app-service", instance: where["app-service"] },
        "app-service/custom": { job: "app-service", instance: where["app-service"], metrics_path: "/custom_metrics" },
        "analytics-backend/cadvisor": { job: "analytics-backend/cadvisor", instance: "i-0abc" },
        hosts: { job: "hosts", instance: "i-0abc" },
        database: { job: "database", instance: where["database"] },
        redis: { job: "redis", instance: where["redis"] },
        website: { job: "website", instance: where["website"] },
        monitoring: { job: "monitoring", instance: where["monitoring"] },
        "nightly-report/pushgateway": { job: "nightly-report/pushgateway", instance: hostOf(gateway) },
      });
    });

    test("stores what the contracts have, and nothing else", async () => {
      const names = async (job: string) => [
        ...new Set((await ask(server, `{job="${job}",__name__!~"up|scrape_.+"}`)).map(({ __name__ = "" }) => __name__)),
      ];
      expect((await names("app-service")).sort()).toEqual(["active_connections", "http_requests_total"]);
      // On its own page, with the labels of the contract; the page of handlers has no such metric, and the user is nobody's to know.
      expect(await ask(server, "http_requests_total")).toEqual([
        expect.objectContaining({ method: "GET", endpoint: "/orders", status: "200", job: "app-service" }),
      ]);
      expect(await ask(server, 'http_requests_total{user_id!=""}')).toEqual([]);
      expect(await names("hosts")).toEqual(
        expect.arrayContaining(["node_cpu_seconds_total", "node_filesystem_avail_bytes"]),
      );
      expect((await names("hosts")).filter((name) => !name.startsWith("node_"))).toEqual([]);
      expect(await names("redis")).toContain("redis_up");
      expect(await names("database")).toContain("pg_up");
      expect(await ask(server, 'probe_success{job="website"} == 1')).toHaveLength(1);
      expect(await ask(server, 'prometheus_config_last_reload_successful{job="monitoring"} == 1')).toHaveLength(1);
    });

    test("gives a container to the service that runs in it", async () => {
      expect(await ask(server, "container_memory_usage_bytes")).toEqual([
        { __name__: "container_memory_usage_bytes", job: "analytics-backend", instance: "i-0abc", name: "a-1" },
      ]);
    });

    test("stores what a service's own jobs pushed, under its job and no instance, and knows when that was too long ago", async () => {
      const stored = await ask(server, '{__name__=~"batch_.+"}');
      expect([...stored].sort((one, other) => ((one["__name__"] ?? "") < (other["__name__"] ?? "") ? -1 : 1))).toEqual([
        { __name__: "batch_duration_seconds", job: "nightly-report" },
        { __name__: "batch_last_success_timestamp_seconds", job: "nightly-report" },
      ]);
      const [rule] = prod.services.find(({ service }) => service.name === "nightly-report")?.alerts ?? [];
      if (rule === undefined) throw new Error("the report has no alert");
      expect(await ask(server, checked(prometheusRule(rule)).expr)).toHaveLength(1);
    });

    test("reads a Pushgateway that exposes what is known of it", async () => {
      const contract = write(join(scratch, "pushgateway.yaml"), gatewayContract);
      expect(await estate(["conform", gateway.url, "--contract", contract])).toMatchObject({
        status: 0,
        stdout: `${gateway.url}/metrics conforms: 5 metrics are as they are declared\n`,
      });
    });

    test("loads every rule, keeps metrics as long as the catalog says, and knows where alerts go", async () => {
      expect(await page(server, "/api/v1/status/flags")).toContain('"storage.tsdb.retention.time":"15d"');
      expect(await page(server, "/api/v1/rules?type=alert")).toContain('"name":"HighMemoryUsage"');
      await eventually(
        20,
        async () =>
          (await page(server, "/api/v1/alertmanagers")).includes(`http://${where["app-service"]}/api/v2/alerts`) ||
          undefined,
        () => "Alertmanager was not found",
      );
      // To others it says which of the replicas it is.
      expect(await page(server, '/federate?match[]=up{job="redis"}')).toContain(
        'environment="prod",region="eu-central-1",replica="replica-7"',
      );
    });
  });
});

suite("the collector's configuration", ["prometheus", "victoriaMetrics"], () => {
  test("writes to the workspace, signed, what it scrapes, and to another implementation what that can be asked for", async () => {
    const sink = await startHttpSink();
    const storagePort = await freePort();
    const storageUrl = `http://127.0.0.1:${storagePort}`;
    const storage = await started(
      [
        victoriaMetrics,
        `-storageDataPath=${join(scratch, "victoria-metrics")}`,
        `-httpListenAddr=127.0.0.1:${storagePort}`,
        "-search.latencyOffset=0s",
      ],
      { url: async () => ((await fetch(`${storageUrl}/health`)).ok ? storageUrl : undefined) },
    );
    const port = await freePort();
    const own = `127.0.0.1:${port}`;
    const collector = prodFile("collector.yml");
    const here = {
      ...collector,
      global: { ...collector.global, scrape_interval: "1s", scrape_timeout: "1s" },
      scrape_configs: collector.scrape_configs.map((job) => at(job, job.job_name === "monitoring" ? [own] : [])),
      remote_write: collector.remote_write?.flatMap(({ url, queue_config, ...rest }) => {
        const soon = { ...rest, queue_config: { ...queue_config, batch_send_deadline: "1s" } };
        const workspace = url.replace("https://aps-workspaces.eu-central-1.amazonaws.com", sink.url);
        return [
          { ...soon, url: workspace.replace("WORKSPACE_ID", "ws-1") },
          { ...soon, name: "victoria-metrics", url: `${storage.url}/api/v1/write` },
        ];
      }),
    };
    const server = await started(
      [
        prometheus,
        `@${fileOf(production, "prometheus.args")}`,
        `--config.file=${write(join(scratch, "collector.yml"), stringify(here, { version: "1.1" }))}`,
        `--storage.tsdb.path=${join(scratch, "collector")}`,
        `--web.listen-address=${own}`,
        "--storage.remote.flush-deadline=1s",
      ],
      {
        env: { HOSTNAME: "replica-7", AWS_ACCESS_KEY_ID: "nobody", AWS_SECRET_ACCESS_KEY: "nothing" },
        url: async () => ((await fetch(`http://${own}/-/ready`)).ok ? `http://${own}` : undefined),
      },
    );
    const written = await eventually(
      30,
      async () => sink.received().find(({ path }) => path === "/workspaces/ws-1/api/v1/remote_write"),
      () => "nothing was written",
    );
    await sink.stop();
    expect(written.headers["authorization"]).toMatch(
      /^AWS4-HMAC-SHA256 Credential=nobody\/\d{8}\/eu-central-1\/aps\/aws4_request/,
    );
    expect(written.headers["x-prometheus-remote-write-version"]).toBeDefined();

    // What was scraped twice is written: all that Prometheus has, but for what it says of the scrapes themselves.
    const names = async (of: Server): Promise<readonly string[]> => [
      ...new Set((await ask(of, '{job="monitoring"}')).map(({ __name__ = "" }) => __name__)),
    ];
    const scraped = await eventually(
      30,
      async () => {
        const [there, here] = await Promise.all([names(storage), names(server)]);
        const expected = here.filter((name) => !name.startsWith("scrape_")).sort();
        return expected.length > 10 && [...there].sort().join() === expected.join() ? here : undefined;
      },
      () => "not every series arrived, or too many",
    );
    expect(scraped).toContain("scrape_samples_scraped");
    expect(await ask(storage, 'up{job="monitoring"}')).toEqual([
      {
        ...{ __name__: "up", job: "monitoring", instance: own },
        ...{ cluster: "prod", environment: "prod", region: "eu-central-1", __replica__: "replica-7" },
      },
    ]);
  });
});
