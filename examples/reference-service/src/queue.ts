import { context, propagation } from "@opentelemetry/api";
import type Redis from "ioredis";
import { currentContext, type RequestContext } from "./context";

/** What a job is joined to: the request and the trace that asked for it. */
export interface Origin {
  readonly context: Partial<RequestContext>;
  /** W3C trace context. */
  readonly trace: Readonly<Record<string, string>>;
}

/** A payment that is to be taken. It names the order and nothing of the customer. */
export interface PaymentJob extends Origin {
  readonly orderId: string;
  readonly attempt: number;
}

const waiting = "payments:waiting";
const working = "payments:working";

/** The request and the trace that are under way. */
export function underWay(): Origin {
  const trace: Record<string, string> = {};
  propagation.inject(context.active(), trace);
  return { context: currentContext(), trace };
}

/** Nothing that a job could be joined to. */
export const unknownOrigin: Origin = { context: {}, trace: {} };

export const enqueue = async (redis: Redis, orderId: string, origin: Origin): Promise<void> => {
  await redis.lpush(waiting, JSON.stringify({ orderId, attempt: 1, ...origin } satisfies PaymentJob));
};

/** Puts a job back to be tried once more. */
export const again = async (redis: Redis, job: PaymentJob): Promise<void> => {
  await redis.lpush(waiting, JSON.stringify({ ...job, attempt: job.attempt + 1 } satisfies PaymentJob));
};

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

function parsed(text: string): PaymentJob | undefined {
  const value: unknown = JSON.parse(text);
  if (typeof value !== "object" || value === null || !("orderId" in value) || !("attempt" in value)) return undefined;
  const context =
    "context" in value && typeof value.context === "object" && value.context !== null ? value.context : {};
  const trace = "trace" in value && typeof value.trace === "object" && value.trace !== null ? value.trace : {};
  return {
    orderId: textOf(value.orderId),
    attempt: Number(value.attempt),
    context: Object.fromEntries(Object.entries(context).map(([key, each]) => [key, textOf(each)])),
    trace: Object.fromEntries(Object.entries(trace).map(([key, each]) => [key, textOf(each)])),
  };
}

/** The next job, moved to a list of its own until `done`, so that one whose worker dies is not lost; undefined after a second without any. */
export async function next(redis: Redis): Promise<{ readonly job: PaymentJob; readonly raw: string } | undefined> {
  const raw = await redis.blmove(waiting, working, "RIGHT", "LEFT", 1);
  if (raw === null) return undefined;
  const job = parsed(raw);
  if (job !== undefined) return { job, raw };
  await done(redis, raw);
  return undefined;
}

export const done = async (redis: Redis, raw: string): Promise<void> => {
  await redis.lrem(working, 1, raw);
};

/** Puts back what a worker that died had taken. For one worker alone: with several, each would need a list of its own. */
export async function recover(redis: Redis): Promise<void> {
  while ((await redis.lmove(working, waiting, "LEFT", "RIGHT")) !== null);
}
