import type { Command } from "commander";
import { estateOf } from "../../model/estate";
import { demo } from "../demo/demo";
import { findPrograms } from "../demo/programs";
import { installReference, referenceCatalog } from "../demo/reference-service";
import { loadCatalog } from "../load-catalog";
import { inTemporaryFolder } from "../terraform/in-temporary-folder";
import { exitCodeOf, interruptible } from "../terraform/interruption";
import { UserError } from "../user-error";

async function run(): Promise<void> {
  const say = (what: string): void => console.error(what);
  const programs = findPrograms(say);
  await installReference(say).catch((error: unknown) => {
    throw new UserError(error instanceof Error ? error.message : String(error));
  });
  const catalog = loadCatalog(referenceCatalog);
  const [environment] = catalog.environments;
  if (environment === undefined) throw new UserError(`${referenceCatalog} has no environment`);
  await interruptible(async ({ interrupt, signal }) => {
    const began = performance.now();
    const told = (line: string): void =>
      console.log(`${((performance.now() - began) / 1000).toFixed(1).padStart(5)} s  ${line}`);
    try {
      await inTemporaryFolder((folder) =>
        demo({ estate: estateOf(catalog, environment), programs, folder, interrupt, say: told }),
      );
      told("all is stopped and put away");
    } catch (error) {
      const by = signal();
      if (by === undefined) throw error;
      console.error(`${by}: the demo has ended, and everything that it started`);
      process.exitCode = exitCodeOf(by);
    }
  });
}

export function addDemo(program: Command): void {
  program
    .command("demo")
    .summary("a real service breaks on this machine, and its page arrives")
    .description(
      "Bring up the reference service, PostgreSQL, Redis, their exporters, Prometheus and Alertmanager on\n" +
        "this machine alone, with the scrapes, rules and routes that are deployed, on a clock 60 times faster\n" +
        "than usual. Stop the database, and see its alert fire, its page arrive at a local sink, the alert of its\n" +
        "client silenced, the recovery, and the page resolved.\n" +
        "Takes about a minute; fetches what is missing once: Debian packages into .cache, and the packages of\n" +
        "examples/reference-service from npm. Ends with 1 when a step does not come.",
    )
    .action(run);
}
