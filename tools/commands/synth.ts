import { relative } from "node:path";
import type { Command } from "commander";
import { findingsText, relativeTo } from "../findings-text";
import { loadCatalog } from "../load-catalog";
import type { Settings } from "../settings";
import { synthesize } from "../synthesize";
import { perSystem, systemNames } from "../systems";
import { textTable } from "../text-table";

interface SynthOptions {
  readonly catalog?: string;
  readonly out?: string;
  readonly json?: boolean;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

export function addSynth(program: Command, settings: () => Settings): void {
  program
    .command("synth")
    .summary("catalog to Terraform, one stack per environment")
    .description(
      "Check the catalog, build the stacks and write them to the output folder, with the files that go beside Terraform.\n" +
        "When anything is refused, nothing is written and the previous output stays as it was.",
    )
    .argument("[stacks...]", "names or globs of the stacks to build, and only those are in the output; default: all")
    .option("--catalog <file>", "the catalog to build from; default: ESTATE_CATALOG, else catalog/catalog.ts")
    .option("--out <folder>", "where to write; default: CDKTF_OUTDIR, else cdktf.out")
    .option("--json", "print one JSON document, and nothing else, on stdout")
    .action((stacks: readonly string[], options: SynthOptions) => {
      const start = performance.now();
      const { catalog, outdir, stacks: fromEnvironment } = settings();
      const out = options.out ?? outdir;
      const result = synthesize(loadCatalog(options.catalog ?? catalog), {
        outdir: out,
        stacks: stacks.length > 0 ? stacks : fromEnvironment,
      });
      const ms = Math.round(performance.now() - start);

      if (options.json === true) {
        console.log(JSON.stringify({ stacks: result.stacks, ms }));
        return;
      }
      if (result.warnings.length > 0)
        console.error(findingsText(result.warnings.map((found) => relativeTo(process.cwd(), found))));
      const rows = result.stacks.map(({ name, resources }) => [
        name,
        ...perSystem(resources),
        sum(Object.values(resources)),
      ]);
      console.log(textTable(["stack", ...systemNames, "total"], rows));
      console.log(
        `\n${relative(".", out) || "."}: ${sum(rows.map((row) => Number(row.at(-1))))} resources in ${(ms / 1000).toFixed(2)} s`,
      );
    });
}
