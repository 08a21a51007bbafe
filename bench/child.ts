import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TerraformResource } from "cdktf";
import { synthesize } from "../tools/synthesize";
import { generatedCatalog } from "./generate";
import type { Measurement, PhaseTimes } from "./measurement";
import { plainInputs } from "./plain-inputs";
import { plainLoop } from "./plain-loop";

/*
 * One measured synthesis in a process of its own, so that its peak memory is its own: `child.ts ours|plain SERVICES`.
 * Prints a measurement as JSON.
 */

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
const seconds = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1e6;

/** Builds and writes an estate; yields how many resources it came to. */
type Run = (outdir: string) => number;

/** Ours: from the functions that declare the catalog to the files in their place. */
const ours =
  (services: number): Run =>
  (outdir) =>
    sum(
      synthesize(generatedCatalog(services), { outdir, stacks: [] }).stacks.flatMap(({ resources }) =>
        Object.values(resources),
      ),
    );

/** The plain loop; what it goes over is made before the clock starts. */
function plain(services: number): Run {
  const inputs = plainInputs(services);
  return (outdir) =>
    plainLoop(inputs, outdir)
      .node.findAll()
      .filter((node) => TerraformResource.isTerraformResource(node)).length;
}

/** CPU seconds of the phases that the synthesis has left in the user timings; each stack has its own. */
function phases(): PhaseTimes {
  const times: Record<string, number> = {};
  for (const entry of performance.getEntriesByType("measure"))
    times[entry.name] = (times[entry.name] ?? 0) + ("detail" in entry ? Number(entry.detail) : 0);
  return times;
}

function measure(subject: string, services: number): Measurement {
  const loaded = seconds(process.cpuUsage());
  const run = subject === "plain" ? plain(services) : ours(services);
  // As compiled JavaScript runs: with source maps each of the stack traces that CDKTF takes of tokens costs several times as much.
  process.setSourceMapsEnabled(false);
  const outdir = mkdtempSync(join(tmpdir(), "estate-bench-"));
  try {
    globalThis.gc?.();
    const start = performance.now();
    const before = process.cpuUsage();
    const resources = run(outdir);
    return {
      resources,
      cpuSeconds: seconds(process.cpuUsage(before)),
      wallSeconds: (performance.now() - start) / 1000,
      // In KiB (Node.js documentation, `process.resourceUsage`).
      peakMebibytes: process.resourceUsage().maxRSS / 1024,
      phases: { load: loaded, ...phases() },
    };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

const [, , subject = "ours", services = "10"] = process.argv;
console.log(JSON.stringify(measure(subject, Number(services))));
