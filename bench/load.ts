import { Agent, request } from "node:http";

/** What a round of requests was like. */
export interface Load {
  /** Requests answered in a second. */
  readonly perSecond: number;
  /** Milliseconds from each request to the end of its answer. */
  readonly latencies: readonly number[];
  /** Path of the order that was taken last. */
  readonly lastOrder: string;
}

/** The value that the given share of the numbers does not exceed: nearest rank. NaN of none. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** @throws Error for an answer of another status, or for none within ten seconds. */
function ask(agent: Agent, url: string, expected: number, body?: string): Promise<string> {
  return new Promise((done, fail) => {
    const asked = request(url, { agent, method: body === undefined ? "GET" : "POST", timeout: 10_000 }, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (part: string) => {
        text += part;
      });
      answer.once("error", fail);
      answer.once("end", () => {
        if (answer.statusCode === expected) done(text);
        else fail(new Error(`${url} answered with ${answer.statusCode}: ${text}`));
      });
    });
    asked.once("timeout", () => asked.destroy(new Error(`${url} has not answered`)));
    asked.once("error", fail);
    asked.end(body);
  });
}

/**
 * Customers who each place an order, look at it, and place the next one, without a pause, each on a connection of its own.
 * @throws Error when a request fails: what is answered with an error is no measure of the others.
 */
export async function load(url: string, customers: number, seconds: number): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: customers });
  const latencies: number[] = [];
  let lastOrder = "";
  const timed = async (path: string, expected: number, body?: string): Promise<string> => {
    const began = performance.now();
    const text = await ask(agent, `${url}${path}`, expected, body);
    latencies.push(performance.now() - began);
    return text;
  };
  const began = performance.now();
  const end = began + seconds * 1000;
  const customer = async (): Promise<void> => {
    while (performance.now() < end) {
      const order: unknown = JSON.parse(
        await timed("/orders", 201, JSON.stringify({ email: "customer@example.com", amount: 20 })),
      );
      if (typeof order !== "object" || order === null || !("id" in order)) throw new Error("an order has no id");
      lastOrder = `/orders/${order.id}`;
      await timed(lastOrder, 200);
    }
  };
  try {
    await Promise.all(Array.from({ length: customers }, customer));
    return { perSecond: (latencies.length * 1000) / (performance.now() - began), latencies, lastOrder };
  } finally {
    agent.destroy();
  }
}
