import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { TerraformStack, Testing } from "cdktf";
import { Dashboard } from "../../../providers/grafana/dashboard";
import { DataSource } from "../../../providers/grafana/data-source";
import { Folder } from "../../../providers/grafana/folder";
import { GrafanaProvider } from "../../../providers/grafana/provider";
import { GENERATED } from "../../../tools/bindings/render";
import { providersInUse } from "../../../tools/bindings/resources-in-use";

const BINDINGS = resolve(__dirname, "../../../providers");

function synthesized(): unknown {
  const stack = new TerraformStack(Testing.app(), "production");
  new GrafanaProvider(stack, "grafana", { url: "https://grafana.example.com", retries: 3 });
  const folder = new Folder(stack, "payments", { title: "Payments", uid: "payments" });
  new DataSource(stack, "metrics", {
    name: "Metrics",
    type: "prometheus",
    uid: "metrics",
    url: "https://prometheus.example.com",
    isDefault: true,
    jsonDataEncoded: JSON.stringify({ httpMethod: "POST" }),
  });
  new Dashboard(stack, "overview", {
    folder: folder.uid,
    configJson: JSON.stringify({ title: "Overview" }),
    overwrite: true,
  });
  return JSON.parse(Testing.synth(stack));
}

describe.each(providersInUse)(
  "the bindings of $source in this repository",
  ({ name, source, assumedVersion, resources, dataSources = [] }) => {
    const folder = join(BINDINGS, name);

    test("bind the resource types in use, and no other", () => {
      const folders = resources.map((type) => type.replace(`${name}_`, "").replaceAll("_", "-"));
      const data = dataSources.map((type) => `data-${type.replaceAll("_", "-")}`);
      expect(readdirSync(folder).sort()).toEqual([...folders, ...data, "provider"].sort());
    });

    test("are as generated, from the version assumed when a schema file names none", () => {
      for (const type of readdirSync(folder)) {
        const text = readFileSync(join(folder, type, "index.ts"), "utf8");
        expect(text.startsWith(`${GENERATED} from the schema of ${source} ${assumedVersion};`)).toBe(true);
      }
    });
  },
);

describe("the Grafana bindings", () => {
  test("require the provider by its source and version", () => {
    expect(synthesized()).toMatchObject({
      terraform: { required_providers: { grafana: { source: "grafana/grafana", version: "4.40.1" } } },
      provider: { grafana: [{ url: "https://grafana.example.com", retries: 3 }] },
    });
  });

  test("write each resource with its arguments under Terraform's names", () => {
    expect(synthesized()).toMatchObject({
      resource: {
        grafana_folder: { payments: { title: "Payments", uid: "payments" } },
        grafana_data_source: {
          metrics: {
            name: "Metrics",
            type: "prometheus",
            uid: "metrics",
            url: "https://prometheus.example.com",
            is_default: true,
            json_data_encoded: '{"httpMethod":"POST"}',
          },
        },
        grafana_dashboard: {
          overview: {
            folder: "${grafana_folder.payments.uid}",
            config_json: '{"title":"Overview"}',
            overwrite: true,
          },
        },
      },
    });
  });

  test("are checked where they are used, though not inside", () => {
    const stack = new TerraformStack(Testing.app(), "typed");
    // @ts-expect-error a folder needs a title
    new Folder(stack, "untitled", {});
    // @ts-expect-error a title is a string
    new Folder(stack, "numbered", { title: 1 });
    expect(stack.node.children).toHaveLength(2);
  });
});
