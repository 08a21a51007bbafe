import type { Logger } from "pino";
import type { Counter, Histogram } from "prom-client";
import { errorFields } from "./logger";

type Operation<A extends readonly unknown[], T> = (...args: A) => Promise<T>;

/** An operation whose successes are counted and whose time is measured, that of failures too. */
export const metered =
  <A extends readonly unknown[], T>(
    { counter, histogram }: { readonly counter: Counter; readonly histogram: Histogram },
    operation: Operation<A, T>,
  ): Operation<A, T> =>
  async (...args) => {
    const stop = histogram.startTimer();
    try {
      const result = await operation(...args);
      counter.inc();
      return result;
    } finally {
      stop();
    }
  };

/**
 * An operation that says when it is done and when it failed, and how long it took. Of its result it says what `described` picks, and of
 * its arguments nothing.
 */
export const logged =
  <A extends readonly unknown[], T>(
    logger: Logger,
    what: string,
    operation: Operation<A, T>,
    described: (result: T) => object = () => ({}),
  ): Operation<A, T> =>
  async (...args) => {
    const began = performance.now();
    const taken = () => ({ duration_ms: Math.round((performance.now() - began) * 100) / 100 });
    try {
      const result = await operation(...args);
      logger.info({ ...described(result), ...taken() }, `${what} done`);
      return result;
    } catch (error) {
      logger.error({ ...taken(), ...errorFields(error) }, `${what} failed`);
      throw error;
    }
  };
