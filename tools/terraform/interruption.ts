import { constants } from "node:os";

/** What long work obeys. */
export interface Interruption {
  /** Aborted at the first signal: finish what is under way, start nothing new. */
  readonly interrupt: AbortSignal;
  /** Aborted at the second: kill what is under way. */
  readonly kill: AbortSignal;
  /** The signal that came, if one did. */
  readonly signal: () => NodeJS.Signals | undefined;
}

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** The exit code of a program that a signal ended, as shells have it. */
export const exitCodeOf = (signal: NodeJS.Signals): number => 128 + (constants.signals[signal] ?? 0);

/**
 * Does work that signals must not tear apart: they are told to the work instead of ending the process, and the work ends by
 * itself, having put away what it made.
 */
export async function interruptible<T>(
  work: (interruption: Interruption) => Promise<T>,
  onFirst: (signal: NodeJS.Signals) => void = () => undefined,
): Promise<T> {
  const interrupt = new AbortController();
  const kill = new AbortController();
  let received: NodeJS.Signals | undefined;
  const listener = (signal: NodeJS.Signals) => {
    if (received !== undefined) {
      kill.abort();
      return;
    }
    received = signal;
    onFirst(signal);
    interrupt.abort();
  };
  for (const signal of signals) process.on(signal, listener);
  try {
    return await work({ interrupt: interrupt.signal, kill: kill.signal, signal: () => received });
  } finally {
    for (const signal of signals) process.off(signal, listener);
  }
}
