import { readdirSync, readFileSync } from "node:fs";
import { join, posix, relative, sep } from "node:path";
import { z } from "zod";

/** A value of JSON. */
type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const isObject = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const parse = (text: string): Json => z.json().parse(JSON.parse(text));

/** Attributes whose text is a file of its own in the snapshot, since a reader finds it there as it is. */
const elsewhere: Readonly<Record<string, string>> = {
  data: "(the rule file of the same name)",
  definition: "(the alert manager definition)",
};

/** The key of a dashboard's JSON, in Grafana's provider. */
const dashboardKey = "config_json";

/** What a text says, where it is JSON: a policy is then read, and compared, line by line. */
function readableText(text: string): Json {
  if (!/^[[{]/.test(text)) return text;
  try {
    return parse(text);
  } catch {
    // A title may begin with a bracket too.
    return text;
  }
}

/** A stack as a reader wants it: without CDKTF's own comments, long texts where they can be read. */
function readable(value: Json, key = ""): Json {
  if (typeof value === "string") {
    if (key === dashboardKey) return "(the dashboard of the same name)";
    return value.length > 200 && elsewhere[key] !== undefined ? elsewhere[key] : readableText(value);
  }
  if (Array.isArray(value)) return value.map((item) => readable(item));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== "//")
      .map(([name, item]) => [name, readable(item, name)]),
  );
}

/** The dashboards of a stack, by the ids of their resources. */
function dashboardsOf(stack: Json): readonly (readonly [id: string, dashboard: Json])[] {
  const resources = isObject(stack) ? stack["resource"] : undefined;
  const dashboards = resources !== undefined && isObject(resources) ? resources["grafana_dashboard"] : undefined;
  if (dashboards === undefined || !isObject(dashboards)) return [];
  return Object.entries(dashboards).flatMap(([id, resource]) => {
    const text = isObject(resource) ? resource[dashboardKey] : undefined;
    return typeof text === "string" ? [[id, parse(text)] as const] : [];
  });
}

const printed = (value: Json): string => `${JSON.stringify(value, null, 2)}\n`;

/** Paths of all files below a folder, with `/` on every system. */
const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join(posix.sep));

/**
 * What is read and agreed to of a synthesized estate, by path: each stack, each of its dashboards, and every artifact byte for byte.
 *
 * @param out the folder that `synth` wrote.
 */
export function estateFiles(out: string): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const name of readdirSync(join(out, "stacks"))) {
    const stack = parse(readFileSync(join(out, "stacks", name, "cdk.tf.json"), "utf8"));
    files.set(`${name}/stack.json`, printed(readable(stack)));
    for (const [id, dashboard] of dashboardsOf(stack)) files.set(`${name}/dashboards/${id}.json`, printed(dashboard));
  }
  const artifacts = join(out, "artifacts");
  for (const path of filesBelow(artifacts)) {
    const [stack = "", ...rest] = path.split(posix.sep);
    files.set(posix.join(stack, "artifacts", ...rest), readFileSync(join(artifacts, path), "utf8"));
  }
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What has been read and agreed to, by path. */
export const agreedFiles = (folder: string): ReadonlyMap<string, string> =>
  new Map(filesBelow(folder).map((path) => [path, readFileSync(join(folder, path), "utf8")]));
