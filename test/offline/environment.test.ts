import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { cliConfiguration, offlineEnvironment } from "../../offline/environment";

const served = { reattach: "{}", cliConfiguration: "/run/terraform.rc", home: "/run/home" };

const own = [
  "AWS_EC2_METADATA_DISABLED",
  "CHECKPOINT_DISABLE",
  "HOME",
  "TF_CLI_CONFIG_FILE",
  "TF_INPUT",
  "TF_IN_AUTOMATION",
  "TF_REATTACH_PROVIDERS",
];

describe("the environment of an offline terraform", () => {
  test("has its own variables, whatever was inherited", () => {
    expect(offlineEnvironment({ HOME: "/root", TF_CLI_CONFIG_FILE: "/root/.terraformrc" }, served)).toEqual({
      HOME: "/run/home",
      TF_REATTACH_PROVIDERS: "{}",
      TF_CLI_CONFIG_FILE: "/run/terraform.rc",
      TF_IN_AUTOMATION: "1",
      TF_INPUT: "0",
      CHECKPOINT_DISABLE: "1",
      AWS_EC2_METADATA_DISABLED: "true",
    });
  });

  test("keeps what terraform needs", () => {
    const needed = { PATH: "/bin", TMPDIR: "/tmp", LANG: "C.UTF-8", TF_LOG: "trace" };
    expect(offlineEnvironment({ ...needed, NO_COLOR: undefined }, served)).toMatchObject(needed);
  });

  test("holds nothing else, whatever its name", () => {
    const prefixed = fc
      .tuple(
        fc.constantFrom("AWS_", "DD_", "PAGERDUTY_", "GRAFANA_", "TF_VAR_", "TF_CLI_ARGS", "TF_TOKEN_", "VAULT_", ""),
        fc.string(),
      )
      .map(([prefix, rest]) => prefix + rest);
    const kept = new Set([...own, "PATH", "TMPDIR", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TERM", "NO_COLOR"]);
    fc.assert(
      fc.property(fc.dictionary(prefixed, fc.string()), (inherited) => {
        const unexpected = Object.keys(offlineEnvironment(inherited, served)).filter((name) => !kept.has(name));
        expect(unexpected.filter((name) => !name.startsWith("TF_LOG") && !name.startsWith("GO"))).toEqual([]);
      }),
    );
  });
});

test("the CLI configuration knows one place for providers, an empty folder", () => {
  expect(cliConfiguration('/run/a "b"')).toBe(
    'disable_checkpoint = true\nprovider_installation {\n  filesystem_mirror {\n    path = "/run/a \\"b\\""\n  }\n}\n',
  );
});
