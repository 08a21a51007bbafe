import { createServer } from "node:http";
import { z } from "zod";
import type { Server } from "../servers/prometheus";

/** A page as PagerDuty would have it: Events API v2, "Send an alert event". */
const pagerDutyEvent = z.object({
  event_action: z.enum(["trigger", "resolve"]),
  dedup_key: z.string(),
  payload: z.object({
    summary: z.string(),
    severity: z.string(),
    component: z.string().optional(),
    class: z.string().optional(),
  }),
});
export type Page = z.infer<typeof pagerDutyEvent>;

/** Stands in the place of PagerDuty and Slack on this machine alone, and remembers what they were told. */
export interface PageSink extends Server {
  readonly pages: () => readonly Page[];
}

function eventOf(path: string, text: string): readonly Page[] {
  if (path !== "/pagerduty") return [];
  const parsed = pagerDutyEvent.safeParse(JSON.parse(text));
  return parsed.success ? [parsed.data] : [];
}

/** Starts the sink. It answers as PagerDuty (202) and Slack (`ok`) do when all is well. */
export async function startPageSink(): Promise<PageSink> {
  const pages: Page[] = [];
  const server = createServer((request, response) => {
    let text = "";
    request.setEncoding("utf8").on("data", (part: string) => {
      text += part;
    });
    request.on("end", () => {
      pages.push(...eventOf(request.url ?? "", text));
      response.writeHead(202, { "Content-Type": "application/json" }).end('{"ok":true,"status":"success"}');
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the sink has no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    pages: () => pages,
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
