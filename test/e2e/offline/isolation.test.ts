import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type Configuration, type Rig, requiredProviders, run, startRig } from "./rig";

const credentials = {
  AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
  AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI",
  AWS_PROFILE: "production",
  DD_API_KEY: "datadog",
  DD_APP_KEY: "datadog",
  PAGERDUTY_TOKEN: "pagerduty",
  GRAFANA_AUTH: "grafana",
  TF_TOKEN_app_terraform_io: "cloud",
  TF_VAR_secret: "variable",
  TF_CLI_ARGS_plan: "-destroy",
  HTTPS_PROXY: "http://proxy.example.com:3128",
} as const;

const stack: Configuration = {
  terraform: {
    required_providers: requiredProviders,
    backend: { s3: { bucket: "company-state", key: "estate/prod.tfstate", region: "eu-west-1" } },
  },
  variable: { secret: { type: "string", sensitive: true } },
  provider: { aws: [{ region: "eu-west-1" }], pagerduty: [{}] },
  resource: {
    aws_cloudwatch_log_group: { shop: { name: "/ecs/shop" } },
    pagerduty_team: { web: { name: "web", description: "${var.secret}" } },
  },
};

const strace = spawnSync("strace", ["-V"]).status === 0;

describe("terraform, run offline with credentials in the environment", () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await startRig({
      prod: stack,
      other: { terraform: { required_providers: { random: { source: "hashicorp/random" } } } },
    });
  });
  afterAll(() => rig.close());

  const environment = () => rig.offline.environment({ ...process.env, ...credentials });

  test("is given none of them", () => {
    const given = Object.entries(environment());
    for (const [name, value] of Object.entries(credentials)) {
      expect(given).not.toContainEqual([name, expect.anything()]);
      expect(given.filter(([, each]) => each.includes(value) && value.length > 10)).toEqual([]);
    }
  });

  (strace ? test : test.skip)(
    "connects to the sockets served here and to nothing else",
    async () => {
      const folder = join(rig.root, "work", "prod");
      const sockets: string[] = [];
      for (const args of [
        ["init", "-input=false"],
        ["validate"],
        ["apply", "-auto-approve"],
        ["destroy", "-auto-approve"],
      ]) {
        const log = join(rig.root, `${args[0]}.strace`);
        const traced = ["strace", "-f", "-qq", "-e", "trace=connect", "-o", log, "terraform", ...args] as const;
        expect(await run([...traced], folder, environment())).toMatchObject({ code: 0, stderr: "" });
        const connects = readFileSync(log, "utf8")
          .split("\n")
          .filter((line) => line.includes("connect("));
        expect(connects.filter((line) => !line.includes("AF_UNIX"))).toEqual([]);
        sockets.push(...connects.flatMap((line) => /sun_path="([^"]*)"/.exec(line)?.slice(1) ?? []));
      }
      expect(sockets.length).toBeGreaterThan(3);
      expect(sockets.filter((socket) => !/estate-offline-\d+-\w+\/\d\.sock$/.test(socket))).toEqual([]);
    },
    60_000,
  );

  test("keeps the state in the copy", async () => {
    const environmentNow = environment();
    const folder = join(rig.root, "work", "prod");
    expect(await run(["terraform", "init", "-input=false"], folder, environmentNow)).toMatchObject({ code: 0 });
    expect(await run(["terraform", "apply", "-auto-approve"], folder, environmentNow)).toMatchObject({ code: 0 });
    expect(existsSync(join(folder, "state.tfstate"))).toBe(true);
    expect(readFileSync(join(folder, "state.tfstate"), "utf8")).toContain('"description": "offline-secret"');
    expect(existsSync(join(rig.root, "synthesized", "prod", "terraform.tfstate"))).toBe(false);
  });

  test("does not look for a provider that is not served", async () => {
    const { code, stderr } = await run(
      ["terraform", "init", "-input=false", "-no-color"],
      join(rig.root, "work", "other"),
      environment(),
    );
    expect(code).toBe(1);
    expect(stderr.replaceAll(/\s+/g, " ")).toContain(
      "provider registry.terraform.io/hashicorp/random was not found in any of the search locations",
    );
  });
});
