import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { textTable } from "../tools/text-table";
import { checkTable, measureCheck } from "./check";
import { childSeconds } from "./child-cpu";
import { cpuPerResource, type Measurement, median, medians } from "./measurement";
import { measurePlan, type PlanMeasurement, planTable, totalOf } from "./plan";

/*
 * `npm run bench [-- --services 10,100,1000] [--resources 10,1000,10000] [--runs 5] [--json]`: what a synthesis costs, and how much
 * of it is ours; what an offline plan costs, and how much of it is terraform's. `--services ""` leaves the former out.
 *
 * Each run is a process of its own; ours and the plain loop take turns, so that a busy machine slows both. It measures and
 * asserts nothing: times depend on the machine, the ratio of the two and its growth hardly.
 */

const home = join(__dirname, "..");

/** One size of catalog: the medians of ours and of the plain loop. */
interface Size {
  readonly services: number;
  readonly runs: number;
  readonly ours: Measurement;
  readonly plain: Measurement;
}

/** The shipped catalog through the launcher, as a user runs it: medians. */
interface Shipped {
  readonly runs: number;
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
}

function output(command: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: home, encoding: "utf8", maxBuffer: 2 ** 24 });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} failed:\n${stderr}`);
  return stdout;
}

/** A child runs with the options of Node that this process was started with. */
const run = (subject: "ours" | "plain", services: number): Measurement =>
  JSON.parse(output(process.execPath, [...process.execArgv, require.resolve("./child"), subject, String(services)]));

function measureSize(services: number, runs: number): Size {
  const pairs = Array.from({ length: runs }, () => ({ ours: run("ours", services), plain: run("plain", services) }));
  return {
    services,
    runs,
    ours: medians(pairs.map(({ ours }) => ours)),
    plain: medians(pairs.map(({ plain }) => plain)),
  };
}

function measureShipped(runs: number): Shipped {
  const out = mkdtempSync(join(tmpdir(), "estate-bench-"));
  try {
    const measured = Array.from({ length: runs }, () => {
      const start = performance.now();
      const times = output("sh", ["-c", './estate synth --out "$1" >/dev/null; times', "sh", out]);
      return { cpu: childSeconds(times), wall: (performance.now() - start) / 1000 };
    });
    return {
      runs,
      cpuSeconds: median(measured.map(({ cpu }) => cpu)),
      wallSeconds: median(measured.map(({ wall }) => wall)),
    };
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

const ratio = (a: number, b: number): string => (a / b).toFixed(2);

function sizesTable(sizes: readonly Size[]): string {
  return textTable(
    ["services", "resources", "", "CPU s", "wall s", "CPU ms each", "wall ms each", "growth", "peak MiB"],
    sizes.flatMap(({ services, ours, plain }, index) => {
      const smaller = sizes[index - 1];
      const row = (name: string, { resources, cpuSeconds, wallSeconds, peakMebibytes }: Measurement, growth: string) =>
        [
          services,
          resources,
          name,
          cpuSeconds.toFixed(2),
          wallSeconds.toFixed(2),
          ((cpuSeconds * 1000) / resources).toFixed(3),
          ((wallSeconds * 1000) / resources).toFixed(3),
          growth,
          peakMebibytes.toFixed(0),
        ] as const;
      const growth = (of: (size: Size) => Measurement, own: Measurement): string =>
        smaller === undefined ? "" : ratio(cpuPerResource(own), cpuPerResource(of(smaller)));
      return [
        row(
          "ours",
          ours,
          growth((size) => size.ours, ours),
        ),
        row(
          "plain",
          plain,
          growth((size) => size.plain, plain),
        ),
        // Of one resource: ours also makes those that the loop leaves out (plain-loop.ts).
        ["", "", "ratio", "", "", ratio(cpuPerResource(ours), cpuPerResource(plain)), "", "", ""],
      ];
    }),
  );
}

function phasesTable(sizes: readonly Size[]): string {
  const names = Object.keys(sizes[0]?.ours.phases ?? {});
  return textTable(
    ["CPU seconds of ours", ...names],
    sizes.map(({ services, ours }) => [
      `${services} services`,
      ...names.map((name) => (ours.phases[name] ?? 0).toFixed(2)),
    ]),
  );
}

const { values } = parseArgs({
  options: {
    services: { type: "string", default: "10,100,1000" },
    resources: { type: "string", default: "10,1000,10000" },
    rules: { type: "string", default: "100,10000" },
    runs: { type: "string", default: "5" },
    json: { type: "boolean", default: false },
  },
});
const numbers = (list: string): readonly number[] =>
  list.split(",").flatMap((text) => (text === "" ? [] : [Number(text)]));
const runs = Number(values.runs);
// Large catalogs take long, and are less disturbed by what else the machine does.
const runsOf = (services: number): number => (services < 1000 ? runs : Math.min(runs, 3));

async function bench(): Promise<void> {
  const shipped = measureShipped(runs);
  const sizes = numbers(values.services).map((services) => measureSize(services, runsOf(services)));
  const checks = numbers(values.rules).flatMap((rules) => [
    measureCheck(rules, 1, runs),
    measureCheck(rules, 100, runs),
  ]);
  const plans: PlanMeasurement[] = [];
  for (const resources of numbers(values.resources)) plans.push(await measurePlan(resources));

  if (values.json) {
    const totals = plans.map((plan) => ({ resources: plan.resources, ...totalOf(plan) }));
    console.log(JSON.stringify({ shipped, sizes, checks, plans, totals }));
    return;
  }
  console.log(
    `The shipped catalog, whole process: ${shipped.wallSeconds.toFixed(2)} s wall, ${shipped.cpuSeconds.toFixed(2)} s CPU\n`,
  );
  if (sizes.length > 0) {
    console.log(`${sizesTable(sizes)}\n`);
    console.log(phasesTable(sizes));
    console.log("\nGrowth: CPU for each resource against the next smaller catalog's; 1.00 is linear. Medians.\n");
  }
  if (checks.length > 0) console.log(`${checkTable(checks)}\n`);
  if (plans.length > 0) {
    console.log(planTable(plans));
    console.log(
      "\nShare: CPU of the providers that we serve against terraform's own, at most a fifth (20 %) of a whole plan.",
    );
  }
}

bench();
