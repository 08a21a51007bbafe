/** What a synthesis is made of; all but the first come once for each stack. */
export type Phase = "check" | "build" | "synthesize" | "write" | "scan";

/**
 * Runs a phase and leaves a measure of it in the process' user timings (Node.js documentation, Performance measurement APIs,
 * `performance.measure`), for whoever observes them; the benchmark does. Its detail is the CPU time in seconds, of all threads.
 */
export function phase<T>(name: Phase, run: () => T): T {
  const start = performance.now();
  const cpu = process.cpuUsage();
  try {
    return run();
  } finally {
    const { user, system } = process.cpuUsage(cpu);
    performance.measure(name, { start, detail: (user + system) / 1e6 });
  }
}
