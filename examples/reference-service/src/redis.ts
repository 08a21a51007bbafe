import Redis from "ioredis";
import type { Logger } from "pino";
import { errorFields } from "./logger";

/** A connection to Redis. What it cannot do within a second fails, rather than wait for a server that may never come back. */
export function openRedis(url: string, logger: Logger, { blocking }: { readonly blocking: boolean }): Redis {
  const redis = new Redis(url, {
    maxRetriesPerRequest: 1,
    connectTimeout: 1000,
    retryStrategy: (attempt) => Math.min(attempt * 100, 1000),
    ...(blocking ? {} : { commandTimeout: 1000 }),
  });
  // Once for each time it is lost, not for each attempt to have it back.
  let lost = false;
  redis.on("error", (error) => {
    if (!lost) logger.error(errorFields(error), "Redis connection lost");
    lost = true;
  });
  redis.on("ready", () => {
    lost = false;
  });
  return redis;
}
