import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { stringify } from "yaml";
import type { AlertmanagerConfig } from "../../constructs/alertmanager/config";
import { selfRunDocument } from "../../constructs/alertmanager/self-run";

/** Where Debian's build looks for the templates of its texts. */
const templatesFolder = "/usr/share/prometheus/alertmanager";

/**
 * A copy of Debian's Alertmanager that runs where its package is unpacked but not installed. Upstream's holds its templates within itself;
 * Debian's has only the one absolute path to them. In the copy that path is another of the same length: the folder beside the
 * program, which it is started in. Where the package is installed, it is the program itself.
 * @param folder Where the copy goes.
 */
export function unpackedAlertmanager(program: string, folder: string): string {
  const unpacked = join(dirname(program), "..", "share", "prometheus", "alertmanager");
  if (existsSync(join(templatesFolder, "default.tmpl")) || !existsSync(unpacked)) return program;
  const beside = "templates".padEnd(templatesFolder.length, "/");
  cpSync(unpacked, join(folder, "templates"), { recursive: true });
  const code = readFileSync(program);
  for (let at = code.indexOf(templatesFolder); at >= 0; at = code.indexOf(templatesFolder, at + 1))
    code.write(beside, at, "latin1");
  const copy = join(folder, "alertmanager");
  writeFileSync(copy, code, { mode: 0o755 });
  return copy;
}

/** What stands in the place of the receivers. */
export interface StandIn {
  /** URL of a sink. */
  readonly sink: string;
  /** Folder for the files of secrets, which are none. */
  readonly folder: string;
}

/** The value of every key of such a name, anywhere below, made anew. */
function withValues(value: unknown, of: Readonly<Record<string, unknown>>): unknown {
  if (Array.isArray(value)) return value.map((item) => withValues(item, of));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, Object.hasOwn(of, key) ? of[key] : withValues(item, of)]),
  );
}

/**
 * The deployed configuration with a local sink in the place of PagerDuty, Slack and the listener of the heartbeat, with secrets that are
 * none, and with waits that somebody can wait for. Routes, groups, inhibitions, windows and texts stay as they are.
 */
export function localConfig(config: AlertmanagerConfig, { sink, folder }: StandIn): string {
  mkdirSync(folder, { recursive: true });
  const secret = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const document = selfRunDocument(config);
  const local = {
    ...document,
    receivers: document.receivers.map((receiver) =>
      "pagerduty_configs" in receiver
        ? {
            ...receiver,
            pagerduty_configs: receiver.pagerduty_configs?.map((each) => ({ ...each, url: `${sink}/pagerduty` })),
          }
        : receiver,
    ),
  };
  return stringify(
    withValues(local, {
      routing_key_file: secret("routing-key", "routing-key-of-nobody"),
      credentials_file: secret("slack-token", "slack-token-of-nobody"),
      url_file: secret("watchdog-url", `${sink}/watchdog`),
      api_url: `${sink}/slack`,
      group_wait: "100ms",
      group_interval: "1s",
    }),
  );
}
