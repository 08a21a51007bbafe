import { z } from "zod";

/** An alert as Alertmanager has it. Source: Alertmanager, OpenAPI specification of API v2, "gettableAlerts". */
const gettableAlerts = z.array(
  z.object({
    fingerprint: z.string(),
    labels: z.record(z.string(), z.string()),
    status: z.object({
      state: z.enum(["unprocessed", "active", "suppressed"]),
      /** Fingerprints of the alerts that silence it. */
      inhibitedBy: z.array(z.string()),
    }),
  }),
);

/** An alert that nobody is told of, and the names of those that silence it. */
export interface Inhibited {
  readonly labels: Readonly<Record<string, string>>;
  readonly by: readonly string[];
}

/** Every alert that another one silences now. */
export async function inhibitedAt(alertmanager: string): Promise<readonly Inhibited[]> {
  const alerts = gettableAlerts.parse(await (await fetch(`${alertmanager}/api/v2/alerts`)).json());
  const nameOf = (print: string): string =>
    alerts.find(({ fingerprint }) => fingerprint === print)?.labels["alertname"] ?? print;
  return alerts
    .filter(({ status }) => status.inhibitedBy.length > 0)
    .map(({ labels, status }) => ({ labels, by: status.inhibitedBy.map(nameOf) }));
}
