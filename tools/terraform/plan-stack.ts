import { rmSync } from "node:fs";
import type { Where } from "../../model/finding";
import type { Result } from "../../model/result";
import { type Diagnostic, diagnosticOfLine, diagnosticsOfText, diagnosticsOfValidate } from "./diagnostic";
import type { Interruption } from "./interruption";
import { type Configuration, placesOf } from "./place";
import { type Change, changesOf } from "./plan-changes";
import { type ProgramExit, runProgram } from "./run-program";

/** The steps of a plan, in their order. */
export type Step = "init" | "validate" | "plan" | "show";

/** A stack, and where and how terraform plans it. */
export interface StackToPlan {
  readonly name: string;
  readonly dependsOn: readonly string[];
  /** Folder to run terraform in. */
  readonly folder: string;
  /** The whole environment of terraform. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** For the places that errors come from. */
  readonly configuration: Configuration;
  /** File to keep the plan in; it may hold secrets. */
  readonly planFile: string;
  /** Arguments of `terraform plan` beside the usual ones. */
  readonly arguments: readonly string[];
}

/** What terraform said of a stack, with the catalog's places that it is about. */
export interface Problem extends Pick<Diagnostic, "severity" | "summary" | "detail"> {
  readonly step: Step;
  readonly places: readonly Where[];
}

export type StackPlan =
  | {
      readonly kind: "planned";
      readonly changes: readonly Change[];
      /** Whether applying it would do anything, outputs included. */
      readonly changed: boolean;
      /** `terraform show -json` of the plan. */
      readonly json: string;
      readonly warnings: readonly Problem[];
      readonly milliseconds: number;
    }
  | { readonly kind: "failed"; readonly problems: readonly Problem[]; readonly milliseconds: number };

export interface PlanStack {
  /** Path of terraform. */
  readonly terraform: string;
  readonly interruption: Interruption;
  readonly onStep: (step: Step) => void;
  /** Lets one `terraform init` run, as soon as it may. */
  readonly init: <T>(work: () => Promise<T>) => Promise<T>;
}

const commands: Readonly<Record<Step, readonly string[]>> = {
  init: ["init", "-input=false", "-no-color"],
  validate: ["validate", "-json", "-no-color"],
  plan: ["plan", "-json", "-input=false", "-detailed-exitcode"],
  show: ["show", "-json", "-no-color"],
};

/** What systems say when a disk, or a user's share of it, is full, or a file larger than allowed (errno(3): ENOSPC, EDQUOT, EFBIG). */
const diskIsFull = /no space left on device|disk quota exceeded|file too large/i;

/**
 * What terraform does not say: that the disk is full, among what it does say of it; and that a plan that it wrote a moment ago and now cannot
 * read has been cut, for it tells no error of writing one.
 */
function roomDiagnostic(step: Step, found: readonly Problem[], folder: string): Diagnostic | undefined {
  const isFull = found.some(({ summary, detail }) => diskIsFull.test(`${summary}\n${detail}`));
  if (!isFull && step !== "show") return undefined;
  return {
    severity: "error",
    summary: isFull
      ? "the disk is full, and terraform could not write"
      : "the plan that terraform wrote cannot be read, as when the disk is full",
    detail: `fix: make room on the disk of ${folder}, or set TMPDIR to a folder on another one`,
  };
}

/** Plans one stack: init, validate, plan, show; stops at the first that fails. */
export async function planStack(stack: StackToPlan, options: PlanStack): Promise<StackPlan> {
  const { configuration, folder, environment, planFile } = stack;
  const { terraform, interruption, onStep, init } = options;
  const start = performance.now();
  const elapsed = () => performance.now() - start;
  const found: Problem[] = [];

  const problem = (step: Step, diagnostic: Diagnostic): Problem => {
    const { severity, summary, detail } = diagnostic;
    return { severity, summary, detail, step, places: placesOf(configuration, diagnostic) };
  };
  const run = (
    step: Step,
    args: readonly string[] = [],
    onLine?: (line: string) => void,
  ): Promise<Result<ProgramExit>> => {
    onStep(step);
    return runProgram({
      title: `terraform ${step}`,
      binary: terraform,
      args: [...commands[step], ...args],
      folder,
      environment,
      ...interruption,
      ...(onLine === undefined ? {} : { onLine }),
    });
  };
  /** The end of a step that failed: with what it reported, else with what it printed, else with how it ended. */
  const failed = (step: Step, exit: Result<ProgramExit>): StackPlan => {
    if (!found.some(({ severity }) => severity === "error")) {
      const printed = exit.ok ? diagnosticsOfText(exit.value.stderr) : [];
      const ended = exit.ok ? `terraform ${step} ended with exit code ${exit.value.code}` : exit.error;
      const reasons = printed.length > 0 ? printed : [{ severity: "error", summary: ended, detail: "" } as const];
      found.push(...reasons.map((reason) => problem(step, reason)));
    }
    const room = exit.ok ? roomDiagnostic(step, found, folder) : undefined;
    if (room !== undefined) found.unshift(problem(step, room));
    return { kind: "failed", problems: found, milliseconds: elapsed() };
  };

  const initialized = await init(() => run("init"));
  if (!initialized.ok || initialized.value.code !== 0) return failed("init", initialized);

  const validated = await run("validate");
  const diagnostics = validated.ok ? diagnosticsOfValidate(validated.value.stdout) : undefined;
  found.push(...(diagnostics ?? []).map((one) => problem("validate", one)));
  if (!validated.ok || validated.value.code !== 0) return failed("validate", validated);
  // The plan repeats the warnings.
  found.splice(0);

  rmSync(planFile, { force: true });
  const planned = await run("plan", [`-out=${planFile}`, ...stack.arguments], (line) => {
    const diagnostic = diagnosticOfLine(line);
    if (diagnostic !== undefined) found.push(problem("plan", diagnostic));
  });
  if (!planned.ok || (planned.value.code !== 0 && planned.value.code !== 2)) return failed("plan", planned);

  const shown = await run("show", [planFile]);
  if (!shown.ok || shown.value.code !== 0) return failed("show", shown);
  const changes = changesOf(shown.value.stdout);
  if (!changes.ok) return failed("show", changes);
  return {
    kind: "planned",
    changes: changes.value,
    changed: planned.value.code === 2,
    json: shown.value.stdout,
    warnings: found,
    milliseconds: elapsed(),
  };
}

/** Lets works run one after another, each when the one before has ended. */
export function oneAtATime(): PlanStack["init"] {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  };
}
