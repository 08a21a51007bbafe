import type Redis from "ioredis";
import type { Pool } from "pg";

interface Check {
  readonly status: "healthy" | "unhealthy";
  readonly latency_ms?: number;
  /** The class of the failure, and no more: its text names hosts, and anybody may ask. */
  readonly error?: string;
}

async function check(ask: () => Promise<unknown>): Promise<Check> {
  const began = performance.now();
  try {
    await ask();
    return { status: "healthy", latency_ms: Math.round((performance.now() - began) * 100) / 100 };
  } catch (error) {
    return { status: "unhealthy", error: error instanceof Error ? error.name : "Error" };
  }
}

/** What the process depends on, asked now. */
export async function health(pool: Pool, redis: Redis) {
  const [database, cache] = await Promise.all([check(() => pool.query("SELECT 1")), check(() => redis.ping())]);
  const healthy = database.status === "healthy" && cache.status === "healthy";
  return {
    status: healthy ? "healthy" : "unhealthy",
    timestamp: new Date().toISOString(),
    checks: { database, redis: cache },
  };
}
