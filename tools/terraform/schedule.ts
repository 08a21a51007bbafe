/** A piece of work, and the pieces that must be done before it. */
export interface Task {
  readonly name: string;
  /** Names; one that is not among the tasks is taken as done. */
  readonly dependsOn: readonly string[];
}

/** What became of a task. */
export type Scheduled<R> =
  | { readonly kind: "done"; readonly result: R }
  /** A task before it failed, so that it was never started. */
  | { readonly kind: "skipped"; readonly because: string };

export interface Schedule<T extends Task, R> {
  /** How many may run at once. */
  readonly limit: number;
  readonly run: (task: T) => Promise<R>;
  /** Whether the tasks after one with this result may start. */
  readonly succeeded: (result: R) => boolean;
}

/**
 * Runs tasks, each after those that it depends on, as many at once as the limit allows; returns their outcomes in the order of
 * the tasks. A task whose dependencies failed is skipped, and so are those behind it.
 * @throws what `run` throws, after everything that was started has ended; Error for dependencies in a circle.
 */
export async function inOrder<T extends Task, R>(
  tasks: readonly T[],
  { limit, run, succeeded }: Schedule<T, R>,
): Promise<readonly Scheduled<R>[]> {
  const known = new Set(tasks.map(({ name }) => name));
  const outcomes = new Map<string, Scheduled<R>>();
  const running = new Map<string, Promise<void>>();
  const errors: unknown[] = [];

  const blockerOf = ({ dependsOn }: T): string | undefined =>
    dependsOn.find((name) => {
      const outcome = outcomes.get(name);
      return outcome !== undefined && (outcome.kind === "skipped" || !succeeded(outcome.result));
    });
  const isReady = ({ dependsOn }: T): boolean => dependsOn.every((name) => !known.has(name) || outcomes.has(name));
  const isWaiting = ({ name }: T): boolean => !outcomes.has(name) && !running.has(name);

  const start = (task: T): void => {
    const ended = run(task)
      .then((result) => void outcomes.set(task.name, { kind: "done", result }))
      .catch((error: unknown) => void errors.push(error))
      .finally(() => running.delete(task.name));
    running.set(task.name, ended);
  };

  for (;;) {
    for (const task of tasks) {
      if (errors.length > 0 || !isWaiting(task)) continue;
      const blocker = blockerOf(task);
      if (blocker !== undefined) outcomes.set(task.name, { kind: "skipped", because: blocker });
      else if (isReady(task) && running.size < limit) start(task);
    }
    if (running.size === 0) break;
    await Promise.race(running.values());
  }
  if (errors.length > 0) throw errors[0];
  return tasks.map((task) => {
    const outcome = outcomes.get(task.name);
    if (outcome === undefined) throw new Error(`tasks depend on each other in a circle: ${task.name} among them`);
    return outcome;
  });
}
