import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { estate, makePlace, type Place } from "./cli";

const secrets = {
  AWS_ACCESS_KEY_ID: "secret-aws-key",
  AWS_SECRET_ACCESS_KEY: "secret-aws",
  AWS_SESSION_TOKEN: "secret-session",
  AWS_PROFILE: "secret-profile",
  DD_API_KEY: "secret-datadog-api",
  DD_APP_KEY: "secret-datadog-app",
  PAGERDUTY_TOKEN: "secret-pagerduty",
  GRAFANA_AUTH: "secret-grafana",
  TF_TOKEN_app_terraform_io: "secret-cloud",
  TF_VAR_password: "secret-variable",
  TF_CLI_ARGS_plan: "-var=secret-argument=1",
  TF_WORKSPACE: "secret-workspace",
  HTTPS_PROXY: "http://secret-proxy.invalid:3128",
};

describe("an offline plan of stacks whose states are in S3, with credentials in the environment", () => {
  let place: Place;
  let tools: Place;

  beforeEach(() => {
    place = makePlace();
    tools = makePlace();
  });

  afterEach(() => {
    place.remove();
    tools.remove();
  });

  /** A terraform that writes down what it was given before it is the real one. */
  function witness(): { readonly path: string; readonly seen: () => string } {
    const path = join(tools.folder, "terraform");
    const log = join(tools.folder, "log");
    const script = `#!/bin/sh\n{ echo "args: $*"; env; cat *.tf.json; } >> ${log} 2>/dev/null\nexec terraform "$@"\n`;
    writeFileSync(path, script);
    chmodSync(path, 0o755);
    return { path, seen: () => readFileSync(log, "utf8") };
  }

  test("gives terraform none of them, and a local state", async () => {
    const { path, seen } = witness();
    const run = await estate(place, ["plan", "--catalog", join(__dirname, "s3-catalog.ts"), "--json"], {
      env: { ...secrets, TERRAFORM_BINARY_NAME: path },
    });
    expect(run).toMatchObject({ code: 0, stderr: expect.not.stringContaining("secret") });
    const given = seen();
    // It was the stacks in S3 that were planned, and with an override.
    expect(given).toMatch(/"s3": \{\s+"bucket": "company-terraform-state"/);
    expect(given).toMatch(/"local": \{\s+"path": "\S+state\.tfstate"/);
    expect(given).toContain("TF_REATTACH_PROVIDERS=");
    for (const step of ["version", "init", "validate", "plan", "show"])
      expect(given).toMatch(new RegExp(`^args: ${step}`, "m"));
    expect(given.match(/^.*secret-.*$/gm) ?? []).toEqual([]);
    for (const name of Object.keys(secrets)) expect(given).not.toMatch(new RegExp(`^${name}=`, "m"));
    expect(place.leftovers()).toEqual([]);
  }, 120_000);
});
