import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { z } from "zod";
import type { Bindings } from "../offline";
import { bindingSource } from "./binding-source";

const registry = "registry.terraform.io";

const manifest = z.object({
  version: z.string(),
  cdktf: z.object({ provider: z.object({ name: z.string() }) }),
});

/**
 * The bindings of an installed package, such as `@cdktf/provider-aws`.
 * @param root Folder of the project that has it installed.
 * @throws when it is not installed, or is no bindings package.
 */
export function packagedBindings(root: string, name: string): Bindings {
  const path = createRequire(join(root, "package.json")).resolve(`${name}/package.json`);
  const { version, cdktf } = manifest.parse(JSON.parse(readFileSync(path, "utf8")));
  return { source: cdktf.provider.name, folder: join(dirname(path), "lib"), version };
}

/**
 * Bindings generated into the project.
 *
 * Their version is a digest: generating them again for other types leaves the provider's version as it was.
 * @param source Address without the registry, `grafana/grafana`.
 */
export function generatedBindings(folder: string, source: string): Bindings {
  const version = createHash("sha256").update(bindingSource(folder)).digest("hex").slice(0, 16);
  return { source: `${registry}/${source}`, folder, version };
}

/** The providers whose bindings are generated into `providers/`, by their address; the folder is named for the provider. */
const generatedSources = [
  "elastic/elasticstack",
  "grafana/grafana",
  "jianyuan/sentry",
  "opsgenie/opsgenie",
  "sbecker59/statuspage",
] as const;

/** The bindings that the stacks of this project are built with. */
export const estateBindings = (root: string): readonly Bindings[] => [
  packagedBindings(root, "@cdktf/provider-aws"),
  packagedBindings(root, "@cdktf/provider-datadog"),
  packagedBindings(root, "@cdktf/provider-pagerduty"),
  ...generatedSources.map((source) =>
    generatedBindings(join(root, "providers", source.slice(source.indexOf("/") + 1)), source),
  ),
];
