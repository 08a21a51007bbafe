import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { Testing } from "cdktf";
import fc from "fast-check";
import shipped from "../../../catalog/catalog";
import { envFile } from "../../../constructs/runtime-configuration/env-file";
import { RuntimeConfiguration } from "../../../constructs/runtime-configuration/runtime-configuration";
import { runtimeArtifacts, runtimeFiles } from "../../../constructs/runtime-configuration/runtime-files";
import { estateOf } from "../../../model/estate";
import type { Variable } from "../../../model/runtime-configuration";

const variable = fc.record({
  name: fc.stringMatching(/^V[A-Z0-9_]{1,8}$/),
  value: fc.oneof(
    fc.string({
      unit: fc.constantFrom("'", '"', "$", "`", "\\", " ", "\n", "#", "=", "a", "ä", "!", "{", "}", "*", "~"),
    }),
    fc.string({ unit: "binary" }).filter((text) => !/[\0\p{Surrogate}]/u.test(text)),
  ),
});
const variables = fc.uniqueArray(variable, { selector: ({ name }) => name, minLength: 60, maxLength: 100 });

/** What a shell has in its environment after it has read a file. */
function readByShell(content: string, names: readonly string[]): readonly Variable[] {
  const folder = mkdtempSync(join(tmpdir(), "estate-env-"));
  try {
    const path = join(folder, "service.env");
    writeFileSync(path, content);
    const printed = execFileSync("sh", ["-c", `set -a; . "$0"; exec env -0`, path], {
      env: { PATH: process.env["PATH"] ?? "" },
      encoding: "utf8",
    });
    const read = new Map(
      printed.split("\0").map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
    );
    return names.map((name) => ({ name, value: read.get(name) ?? "(unset)" }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("a file of variables", () => {
  test("is read by a shell as it was meant, whatever is in it", () => {
    fc.assert(
      fc.property(variables, (written) => {
        expect(
          readByShell(
            envFile(written),
            written.map(({ name }) => name),
          ),
        ).toEqual(written);
      }),
      { numRuns: 4 },
    );
  });

  test("needs no quotes for what nothing reads differently", () => {
    expect(envFile([{ name: "TAGS", value: "env:prod,service:shop" }])).toBe("TAGS=env:prod,service:shop\n");
    expect(envFile([{ name: "WORDS", value: "two words" }])).toBe("WORDS='two words'\n");
  });
});

const estates = new Map(shipped.environments.map((one) => [one.name, estateOf(shipped, one)]));
const estate = (name: string) => {
  const found = estates.get(name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
};
const fileOf = (environment: string, service: string): string =>
  runtimeArtifacts(estate(environment)).find(({ path }) => path === `runtime/${service}.env`)?.content ?? "";

describe("the shipped services", () => {
  test("of the company's own are told what they need, the others nothing", () => {
    expect(runtimeFiles(estate("prod")).map(({ service }) => service.service.name)).toEqual([
      "app-service",
      "celery-worker",
      "analytics-backend",
    ]);
  });

  test("are told all that follows from the catalog", () => {
    expect(fileOf("prod", "app-service").split("\n")).toEqual([
      "CHECKOUT_TIMEOUT_SECONDS=10",
      "DD_AGENT_HOST=localhost",
      "DD_DOGSTATSD_PORT=8125",
      "DD_ENV=prod",
      "DD_SERVICE=app-service",
      "DD_TAGS=team:backend,tier:1",
      "ENVIRONMENT=prod",
      "LOG_COMPONENT_LEVELS=sqlalchemy=WARNING,uvicorn=WARNING",
      "LOG_FORMAT=json",
      "LOG_LEVEL=INFO",
      "OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4317",
      "OTEL_EXPORTER_OTLP_PROTOCOL=grpc",
      "OTEL_LOGS_EXPORTER=none",
      "OTEL_METRICS_EXPORTER=none",
      "OTEL_PROPAGATORS=xray,tracecontext,baggage",
      "OTEL_RESOURCE_ATTRIBUTES=deployment.environment.name=prod,deployment.environment=prod,aws.log.group.names=%2Fecs%2Fapp-service",
      "OTEL_SERVICE_NAME=app-service",
      "OTEL_TRACES_EXPORTER=otlp",
      "OTEL_TRACES_SAMPLER=always_on",
      "PROMETHEUS_METRICS_INTERVAL=10",
      "PROMETHEUS_METRICS_PORT=9464",
      "SENTRY_ENVIRONMENT=prod",
      "SENTRY_TRACES_SAMPLE_RATE=0.1",
      "STATSD_HOST=localhost",
      "STATSD_PORT=8125",
      "STATSD_TAGS=env:prod,service:app-service,team:backend",
      "",
    ]);
  });

  test("log more where somebody develops", () => {
    expect(fileOf("dev", "analytics-backend")).toContain("LOG_LEVEL=DEBUG\n");
    expect(fileOf("prod", "analytics-backend")).toContain("LOG_LEVEL=INFO\n");
  });

  test("can be given to Docker and ECS too, whose readers know no quotes", () => {
    for (const [, one] of estates)
      for (const { content } of runtimeFiles(one)) expect(content).toMatch(/^(?:[A-Z_]+=[^\s'"]*\n)+$/);
  });
});

describe("the parameters", () => {
  interface Parameter {
    readonly name: string;
    readonly insecure_value: string;
    readonly tier: string;
  }
  function parametersWith(sentryDsns: Readonly<Record<string, string>>): readonly Parameter[] {
    const { resource } = JSON.parse(
      Testing.synthScope((scope) => {
        new RuntimeConfiguration(scope, "runtime", estate("prod"), { sentryDsns });
      }),
    );
    return Object.values<Parameter>(resource.aws_ssm_parameter).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }

  test("hold what the files hold", () => {
    expect(parametersWith({}).map(({ name, insecure_value: content }) => [name, content])).toEqual(
      runtimeFiles(estate("prod"))
        .map(({ parameter, content }) => [parameter, content])
        .toSorted(),
    );
  });

  test("also say where errors are sent, where that is known", () => {
    const dsn = "https://0123@sentry.example.com/42";
    expect(
      parametersWith({ "app-service": dsn }).map(({ name, insecure_value: content }) => [
        name.split("/").at(-1),
        content.includes(`SENTRY_DSN=${dsn}\n`),
      ]),
    ).toEqual([
      ["analytics-backend", false],
      ["app-service", true],
      ["celery-worker", false],
    ]);
  });
});
