import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { stringify } from "yaml";
import { z } from "zod";
import type { AlertmanagerConfig } from "../../../constructs/alertmanager/config";
import { selfRunDocument } from "../../../constructs/alertmanager/self-run";
import { type Server, startServer } from "../../../tools/servers/prometheus";
import { write } from "./folders";

/** An alert as Prometheus posts it. Source: Alertmanager, API v2, "postableAlert". */
export interface PostedAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  /** RFC 3339; one that is past resolves it. */
  readonly endsAt?: string;
}

/** What the API says of an alert. Source: Alertmanager, API v2, "gettableAlert". */
const gettableAlerts = z.array(
  z.object({
    labels: z.record(z.string(), z.string()),
    receivers: z.array(z.object({ name: z.string() })),
    status: z.object({
      state: z.string(),
      inhibitedBy: z.array(z.string()),
      /** Names of the time intervals; the API says them of groups alone. */
      mutedBy: z.array(z.string()).optional(),
    }),
  }),
);
export type KnownAlert = z.infer<typeof gettableAlerts>[number];

/** Source: Alertmanager, API v2, "alertGroups". */
const alertGroups = z.array(z.object({ alerts: gettableAlerts }));

export interface RunningAlertmanager extends Server {
  readonly post: (...alerts: readonly PostedAlert[]) => Promise<void>;
  readonly alerts: () => Promise<readonly KnownAlert[]>;
  /** The alerts of every group, each as often as it is told to somebody. */
  readonly grouped: () => Promise<readonly KnownAlert[]>;
}

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

/**
 * Starts an Alertmanager on a free port of this machine alone, which looks for no others.
 * @throws Error with its log, when it does not get ready.
 */
export async function startAlertmanager(
  program: string,
  configFile: string,
  dataFolder: string,
): Promise<RunningAlertmanager> {
  const args = [`--config.file=${configFile}`, `--storage.path=${dataFolder}`, "--cluster.listen-address="];
  const server = await startServer(program, args, dirname(program));
  return {
    ...server,
    post: async (...alerts) => {
      const response = await fetch(`${server.url}/api/v2/alerts`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(alerts),
      });
      if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
    },
    alerts: async () => gettableAlerts.parse(await (await fetch(`${server.url}/api/v2/alerts`)).json()),
    grouped: async () =>
      alertGroups
        .parse(await (await fetch(`${server.url}/api/v2/alerts/groups`)).json())
        .flatMap(({ alerts }) => alerts),
  };
}

/** What stands in the place of the receivers. */
export interface StandIn {
  /** URL of a sink. */
  readonly sink: string;
  /** Folder for the files of secrets. */
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
 * none, and with waits that a test can wait for. Routes, groups, inhibitions, windows and texts stay as they are. For tests alone.
 */
export function localConfig(config: AlertmanagerConfig, { sink, folder }: StandIn): string {
  const secret = (name: string, text: string): string => write(join(folder, name), text);
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
      routing_key_file: secret("routing-key", "routing-key-of-the-test"),
      credentials_file: secret("slack-token", "slack-token-of-the-test"),
      url_file: secret("watchdog-url", `${sink}/watchdog`),
      api_url: `${sink}/slack`,
      group_wait: "100ms",
      group_interval: "1s",
    }),
  );
}
