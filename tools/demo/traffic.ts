import { setTimeout as sleep } from "node:timers/promises";

/** Customers of a service. */
export interface Traffic {
  /** How many orders were taken so far. */
  readonly taken: () => number;
  /** Ends it, and waits for the answers that are due. */
  readonly stop: () => Promise<void>;
}

/** Milliseconds between two orders: ten a second, so that a window of five seconds holds enough of them. */
const pause = 100;

/** Orders something ten times a second, and looks at it; what fails is the service's to tell. */
export function startTraffic(url: string): Traffic {
  const end = new AbortController();
  let taken = 0;
  const customer = async (): Promise<void> => {
    const answer = await fetch(`${url}/orders`, {
      method: "POST",
      body: JSON.stringify({ email: "customer@example.com", amount: 20 }),
      signal: AbortSignal.timeout(5000),
    });
    const order: unknown = await answer.json();
    if (typeof order !== "object" || order === null || !("id" in order)) return;
    taken += 1;
    await (await fetch(`${url}/orders/${order.id}`, { signal: AbortSignal.timeout(5000) })).arrayBuffer();
  };
  const due = new Set<Promise<void>>();
  const running = (async () => {
    while (!end.signal.aborted) {
      const one = customer()
        .catch(() => undefined)
        .finally(() => due.delete(one));
      due.add(one);
      await sleep(pause);
    }
    await Promise.all(due);
  })();
  return {
    taken: () => taken,
    stop: () => {
      end.abort();
      return running;
    },
  };
}
