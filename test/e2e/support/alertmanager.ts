import { dirname } from "node:path";
import { z } from "zod";
import { type Server, startServer } from "../../../tools/servers/prometheus";

export { localConfig, unpackedAlertmanager } from "../../../tools/demo/local-alertmanager";

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
