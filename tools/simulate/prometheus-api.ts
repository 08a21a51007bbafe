import { z } from "zod";

/** An alert as the API has it: Prometheus, HTTP API, "Alerts". */
const alertsAnswer = z.object({
  data: z.object({
    alerts: z.array(
      z.object({
        labels: z.record(z.string(), z.string()),
        annotations: z.record(z.string(), z.string()),
        state: z.enum(["pending", "firing"]),
      }),
    ),
  }),
});

/** Rules as the API has them: Prometheus, HTTP API, "Rules". */
const rulesAnswer = z.object({
  data: z.object({
    groups: z.array(
      z.object({
        file: z.string(),
        name: z.string(),
        rules: z.array(
          z.object({
            name: z.string(),
            type: z.enum(["alerting", "recording"]),
            health: z.string(),
            lastError: z.string().optional(),
          }),
        ),
      }),
    ),
  }),
});

const targetsAnswer = z.object({
  data: z.object({
    activeTargets: z.array(
      z.object({ labels: z.record(z.string(), z.string()), health: z.string(), lastError: z.string() }),
    ),
  }),
});

const valuesAnswer = z.object({ data: z.array(z.string()) });

export type SeenAlert = z.infer<typeof alertsAnswer>["data"]["alerts"][number];
export type SeenRule = z.infer<typeof rulesAnswer>["data"]["groups"][number]["rules"][number];

const get = async (url: string): Promise<unknown> => (await fetch(url)).json();

/** Every alert that is pending or fires. */
export const alertsOf = async (prometheus: string): Promise<readonly SeenAlert[]> =>
  alertsAnswer.parse(await get(`${prometheus}/api/v1/alerts`)).data.alerts;

/** Every rule, with the file that it is from. */
export const rulesOf = async (prometheus: string): Promise<readonly (SeenRule & { readonly file: string })[]> =>
  rulesAnswer
    .parse(await get(`${prometheus}/api/v1/rules`))
    .data.groups.flatMap(({ file, rules }) => rules.map((rule) => ({ ...rule, file })));

/** Every target, by its job. */
export const targetsOf = async (prometheus: string) =>
  targetsAnswer.parse(await get(`${prometheus}/api/v1/targets`)).data.activeTargets;

/** Names of all series of a job. */
export async function seriesOf(prometheus: string, job: string): Promise<readonly string[]> {
  const match = encodeURIComponent(`{job=${JSON.stringify(job)}}`);
  return valuesAnswer.parse(await get(`${prometheus}/api/v1/label/__name__/values?match[]=${match}`)).data;
}
