import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checked } from "../model/result";
import { type Offline, startOffline } from "../offline/offline";
import { estateBindings } from "../offline/schema/bindings";
import { typesInUse } from "../offline/schema/types-in-use";
import { appliedStack } from "../offline/state/applied-stack";
import { readStack } from "../offline/state/stack";
import { stateFile } from "../offline/state/state-file";
import { projectRoot } from "../tools/settings";
import { textTable } from "../tools/text-table";
import { childSeconds } from "./child-cpu";

/** What one step of an offline plan took, by terraform and by the providers that this process serves to it. */
export interface Step {
  readonly step: string;
  readonly wallSeconds: number;
  readonly terraformCpuSeconds: number;
  readonly ourCpuSeconds: number;
}

/** The steps of a plan of so many resources. */
export interface PlanMeasurement {
  readonly resources: number;
  readonly steps: readonly Step[];
}

/** A stack of log groups, metric filters that refer to them, and monitors, in equal parts. */
function stackOf(resources: number): string {
  const group = (index: number) => ({ name: `/ecs/service-${index}`, retention_in_days: 30 });
  const filter = (index: number) => ({
    name: "errors",
    log_group_name: `\${aws_cloudwatch_log_group.g${index}.name}`,
    pattern: '{ $.level = "ERROR" }',
    metric_transformation: { name: "errors", namespace: `Estate/service-${index}`, value: "1" },
  });
  const monitor = (index: number) => ({
    name: `service-${index}: HighErrorRate`,
    type: "query alert",
    message: "Requests fail\n\nRunbook: https://runbooks.example.com/high-error-rate\n\n@pagerduty-prod",
    query: `sum(last_5m):sum:app.errors{env:prod,service:service-${index}}.as_count() > 100`,
    monitor_thresholds: { critical: "100", critical_recovery: "90" },
    tags: ["env:prod", `service:service-${index}`],
  });
  const named = (prefix: string, count: number, make: (index: number) => object) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`${prefix}${index}`, make(index)]));
  const third = Math.floor(resources / 3);
  return JSON.stringify({
    terraform: { required_providers: { aws: { source: "hashicorp/aws" }, datadog: { source: "datadog/datadog" } } },
    resource: {
      aws_cloudwatch_log_group: named("g", third, group),
      aws_cloudwatch_log_metric_filter: named("f", third, filter),
      datadog_monitor: named("m", resources - 2 * third, monitor),
    },
  });
}

/** Runs a program to its end, without blocking the server that answers it; resolves to its CPU seconds. */
const run = (folder: string, offline: Offline, program: readonly string[]): Promise<number> =>
  new Promise((done, fail) => {
    const child = spawn("sh", ["-c", '"$@" >/dev/null; echo; times', "sh", ...program], {
      cwd: folder,
      env: offline.environment(process.env),
      stdio: ["ignore", "pipe", "inherit"],
    });
    let printed = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
    });
    child.on("error", fail);
    child.on("close", (code) =>
      code === 0 ? done(childSeconds(printed)) : fail(new Error(`${program.join(" ")} failed`)),
    );
  });

async function measure(step: string, run: () => Promise<number> | number): Promise<Step> {
  const start = performance.now();
  const cpu = process.cpuUsage();
  const terraformCpuSeconds = await run();
  const { user, system } = process.cpuUsage(cpu);
  return {
    step,
    wallSeconds: (performance.now() - start) / 1000,
    terraformCpuSeconds,
    ourCpuSeconds: (user + system) / 1e6,
  };
}

/** Plans a generated stack against nothing, then, laid down as if it had been applied, against itself. Needs terraform on the PATH. */
export async function measurePlan(resources: number): Promise<PlanMeasurement> {
  const text = stackOf(resources);
  const folder = mkdtempSync(join(tmpdir(), "estate-bench-plan-"));
  const offline = await startOffline({
    providers: estateBindings(projectRoot),
    types: checked(typesInUse([text])),
    cacheDir: join(projectRoot, ".cache", "offline"),
  });
  try {
    writeFileSync(join(folder, "cdk.tf.json"), text);
    const layDown = (): number => {
      const applied = appliedStack(checked(readStack(text)), {
        providers: offline.providers,
        remoteOutputs: () => undefined,
      });
      const reader = { product: "Terraform", version: "1.11.4" } as const;
      writeFileSync(join(folder, "terraform.tfstate"), stateFile(checked(applied), reader));
      return 0;
    };
    const terraform =
      (...args: readonly string[]) =>
      () =>
        run(folder, offline, ["terraform", ...args]);
    // The first child takes Node 20 ms that are no server's.
    await run(folder, offline, ["true"]);
    const steps = [
      await measure("init", terraform("init", "-input=false")),
      await measure("validate", terraform("validate")),
      await measure("plan", terraform("plan", "-input=false")),
      await measure("lay down", layDown),
      await measure("plan against", terraform("plan", "-input=false")),
    ];
    return { resources, steps };
  } finally {
    await offline.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const share = (ours: number, terraforms: number): string =>
  terraforms === 0 ? "" : `${Math.round((100 * ours) / terraforms)} %`;

/** The steps of which `estate plan` consists, for each stack. */
const whole: ReadonlySet<string> = new Set(["init", "validate", "plan"]);

/** What a whole plan took: the sum of its steps. */
export function totalOf({ steps }: PlanMeasurement): Step {
  const parts = steps.filter(({ step }) => whole.has(step));
  const sum = (of: (step: Step) => number): number => parts.reduce((total, step) => total + of(step), 0);
  return {
    step: [...whole].join(" + "),
    wallSeconds: sum((step) => step.wallSeconds),
    terraformCpuSeconds: sum((step) => step.terraformCpuSeconds),
    ourCpuSeconds: sum((step) => step.ourCpuSeconds),
  };
}

/** The measurements as a table: a row for each step, and one for the whole plan, whose share of the processor is to be under a fifth. */
export const planTable = (sizes: readonly PlanMeasurement[]): string =>
  textTable(
    ["resources", "offline plan", "wall s", "terraform CPU s", "our CPU s", "share"],
    sizes.flatMap((size) =>
      [...size.steps, totalOf(size)].map(({ step, wallSeconds, terraformCpuSeconds, ourCpuSeconds }) => [
        size.resources,
        step,
        wallSeconds.toFixed(2),
        terraformCpuSeconds.toFixed(2),
        ourCpuSeconds.toFixed(2),
        share(ourCpuSeconds, terraformCpuSeconds),
      ]),
    ),
  );
