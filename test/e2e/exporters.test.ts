import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { beforeAll, expect, jest, test } from "@jest/globals";
import { stringify } from "yaml";
import { alertmanager } from "../../catalog/telemetry/alertmanager";
import { hostCompute } from "../../catalog/telemetry/host-compute";
import { hostDisks } from "../../catalog/telemetry/host-disks";
import { hostNetwork } from "../../catalog/telemetry/host-network";
import { hostSystem } from "../../catalog/telemetry/host-system";
import { httpEndpoint } from "../../catalog/telemetry/http-endpoint";
import { prometheusServer } from "../../catalog/telemetry/prometheus-server";
import { reachability } from "../../catalog/telemetry/reachability";
import { selectionsOf } from "../../model/expression";
import { debianFolder } from "../../tools/servers/debian";
import { eventually, type Server } from "../../tools/servers/prometheus";
import { problems } from "./support/contract-problems";
import { anyPort, page, programs, started, suite } from "./support/exporters";
import { scratchFolder, write } from "./support/folders";
import { estate, run } from "./support/process";
import { freePort, loggedAddress } from "./support/server";
import { trueOf } from "./support/true-alerts";

/*
 * The contracts of the catalog beside the pages of the real exporters: every metric that a contract declares is there, with its type
 * and its labels. A metric that is misspelt makes an alert that never fires, and nothing else would tell. And the alerts of the
 * catalog beside sound servers: an alert that is true of a sound server wakes people for nothing.
 */

jest.setTimeout(120_000);
const scratch = scratchFolder("exporters");
const {
  prometheus = "",
  alertmanager: alertmanagerProgram = "",
  nodeExporter = "",
  blackboxExporter = "",
  openssl = "",
  unshare = "",
} = programs;

suite("the node exporter", ["nodeExporter"], () => {
  test("exposes what the contracts of hosts declare", async () => {
    const server = await started([nodeExporter, anyPort], { url: loggedAddress });
    const exposed = await page(server);
    expect(problems([hostCompute, hostDisks, hostNetwork, hostSystem], exposed)).toEqual([]);

    // HostCollectorFailing is silent on a sound host, whatever that host does not have.
    const success = hostSystem.contract.indicators["collector_success"]?.expression;
    const collectors = (success === undefined ? [] : selectionsOf(success)).flatMap(({ where }) =>
      where.flatMap((matcher) => ("values" in matcher ? matcher.values : [])),
    );
    expect(collectors.length).toBeGreaterThan(5);
    const failing = [...exposed.matchAll(/^node_scrape_collector_success\{collector="(\w+)"\} 0$/gm)].map(
      ([, name]) => name,
    );
    expect(collectors.filter((collector) => failing.includes(collector))).toEqual([]);
  });
});

suite("an exporter that nobody here wrote", ["nodeExporter"], () => {
  const conform = (url: string, contract: string) =>
    estate(["conform", url, "--contract", write(join(scratch, "contract.yaml"), contract)]);
  const sound = `
metrics:
  - { name: node_exporter_build_info, type: gauge, labels: { branch: { max: 1 }, goarch: { max: 1 }, goos: { values: [linux] },
      goversion: { max: 1 }, revision: { max: 1 }, tags: { max: 1 }, version: { max: 1, example: 1.9.0 } } }
  - { name: node_load1, type: gauge }
  - { name: node_scrape_collector_success, type: gauge, labels: { collector: { max: 60, example: cpu } } }
  - { name: node_scrape_collector_duration_seconds, type: gauge, labels: { collector: { max: 60, example: cpu } } }
ignore: [go_, process_, promhttp_]
`;

  test("conforms to a contract file, or is told how it differs", async () => {
    const server = await started([nodeExporter, anyPort, "--collector.disable-defaults", "--collector.loadavg"], {
      url: loggedAddress,
    });
    // Not in this contract: the averages of five and fifteen minutes.
    const differs = await conform(server.url, sound);
    expect(differs.status).toBe(1);
    const undeclared = (name: string): string =>
      `error ${name}: it is on the page, and not declared. Did you mean "node_load1"?  undeclared\n` +
      "      fix: declare it, or do not emit it: what nobody reads costs all the same\n";
    expect(differs.stdout).toBe(
      `${undeclared("node_load15")}${undeclared("node_load5")}${server.url}/metrics differs from its contract: 2 differences\n`,
    );
    const conforms = await conform(server.url, sound.replace("[go_,", "[go_, node_load15, node_load5,"));
    expect(conforms).toMatchObject({
      status: 0,
      stdout: `${server.url}/metrics conforms: 4 metrics are as they are declared\n`,
      stderr: "",
    });
  });

  test("and whatever is no page of metrics are refused in words", async () => {
    const nobody = `http://127.0.0.1:${await freePort()}/metrics`;
    expect(await conform(nobody, sound)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining(`${nobody} does not answer`),
    });
    expect(await conform(nobody, sound.replace("type: gauge", "type: guage"))).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/contract\.yaml: metrics\[0\]\.type: /),
    });
    expect(await estate(["conform", nobody])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("--service NAME"),
    });
    expect(await estate(["conform", nobody, "--service", "app-servce"])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('Did you mean "app-service"?'),
    });
  });
});

suite("the blackbox exporter", ["blackboxExporter", "openssl", "prometheus"], () => {
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
    const server = await started(
      // It answers so much before the scrape gives up, whose time here is a second.
      [blackboxExporter, `--config.file=${config}`, "--timeout-offset=0.1", anyPort],
      { url: loggedAddress },
    );
    const address = `https://127.0.0.1:${port}/`;
    const probe = await page(server, `/probe?module=site&target=${address}`);
    const wrong = await trueOf("website", scratch, {
      targets: [server],
      metrics_path: "/probe",
      params: { module: ["site"], target: [address] },
    });
    site.close();

    expect(problems([httpEndpoint], probe)).toEqual([]);
    expect(probe).toMatch(/^probe_success 1$/m);
    expect(probe).toMatch(/^probe_http_status_code 200$/m);
    // What CertificateExpiresSoon makes of it: days that are left.
    const [, expiry = ""] = /^probe_ssl_earliest_cert_expiry (\S+)$/m.exec(probe) ?? [];
    expect(Math.round((Number(expiry) - Date.now() / 1000) / 86_400)).toBe(20);
    expect(wrong).toEqual([]);
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
      // To itself, under another label and once only: some metrics are there only after something was written.
      remote_write: [
        {
          url: `${url}/api/v1/write`,
          name: "self",
          write_relabel_configs: [
            { source_labels: ["copy"], regex: "yes", action: "drop" },
            { target_label: "copy", replacement: "yes" },
          ],
        },
      ],
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

  test("leave every alert on them silent but the watchdog, while all is well", async () => {
    expect(await trueOf("monitoring", scratch, { targets: monitors })).toEqual(["Watchdog"]);
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
        const text = server === undefined ? "" : await page(server, "/api/v1/query?query=up%7Bcopy=%22%22%7D");
        return text.match(/"value":\[[\d.]+,"1"\]/g)?.length === 2 ? text : undefined;
      },
      () => "not every target was scraped",
    );
    expect(reachability.contract.metrics.map(({ name }) => answer.includes(`"__name__":"${name}"`))).toEqual([true]);
  });
});
