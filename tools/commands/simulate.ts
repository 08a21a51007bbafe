import { once } from "node:events";
import type { Command } from "commander";
import { checkCatalog } from "../../checks/check-catalog";
import type { Catalog } from "../../model/catalog";
import type { Fault } from "../../model/fault";
import { didYouMean } from "../../model/suggest";
import { simulatedServices } from "../../simulator/simulated-service";
import { loadCatalog } from "../load-catalog";
import type { Settings } from "../settings";
import { startExporter } from "../simulate/exporter";
import { interruptible } from "../terraform/interruption";
import { textTable } from "../text-table";
import { UserError } from "../user-error";

interface SimulateOptions {
  readonly catalog?: string;
  readonly port: string;
  readonly fault: readonly string[];
  readonly faults?: boolean;
}

/** @throws UserError for a name that no fault of the catalog has. */
function faultNamed({ simulation }: Catalog, name: string): Fault {
  const fault = simulation.faults.find((known) => known.name === name);
  if (fault !== undefined) return fault;
  const names = simulation.faults.map((known) => known.name);
  throw new UserError(`no such fault: "${name}".${didYouMean(name, names) || " ./estate simulate --faults lists all"}`);
}

/** @throws UserError for a text that is no port. */
function portOf(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new UserError(`"${text}" is no port; write a number up to 65535, such as 9109`);
}

const faultsText = ({ simulation }: Catalog): string =>
  textTable(
    ["fault", "what happens", "who must say so"],
    simulation.faults.map(({ name, reason, services }) => [
      name,
      reason,
      Object.entries(services)
        .map(([service, { expects }]) => `${service}: ${expects.join(", ")}`)
        .join("; "),
    ]),
  );

async function simulate(catalog: Catalog, port: number, begun: readonly Fault[]): Promise<void> {
  const services = simulatedServices(catalog);
  for (const { name, loud } of services) {
    if (loud.length > 0)
      console.error(
        `${name}: no healthy values were found that keep ${loud.join(", ")} silent; say what its metrics are in the simulation of the catalog`,
      );
  }
  await interruptible(async ({ interrupt }) => {
    const exporter = await startExporter({ services, faults: catalog.simulation.faults, port }).catch(
      (error: unknown) => {
        throw new UserError(`port ${port} cannot be listened on: ${error instanceof Error ? error.message : error}`);
      },
    );
    for (const fault of begun) exporter.inject(fault);
    const named = begun.length === 0 ? "" : `, with ${begun.map(({ name }) => name).join(", ")}`;
    console.log(
      [
        ...services.map(({ name }) => `${exporter.url}/${name}/metrics`),
        "",
        `begin a fault:  curl -X PUT ${exporter.url}/faults/NAME`,
        `end a fault:    curl -X DELETE ${exporter.url}/faults/NAME`,
        `serving ${services.length} services${named}; Ctrl-C ends it`,
      ].join("\n"),
    );
    if (!interrupt.aborted) await once(interrupt, "abort");
    await exporter.stop();
  });
}

export function addSimulate(program: Command, settings: () => Settings): void {
  program
    .command("simulate")
    .summary("serve the telemetry of every service, well or with faults")
    .description(
      "Serve every metric that the catalog's contracts declare in Prometheus, with plausible\n" +
        "values on which every alert is silent, and make faults happen on demand. What only\n" +
        "Datadog or CloudWatch hold is not simulated.",
    )
    .option("--catalog <file>", "the catalog to read; default: ESTATE_CATALOG, else\ncatalog/catalog.ts")
    .option("--port <number>", "port of this machine to serve on; 0 for any", "9109")
    .option("--fault <names...>", "faults to begin with", [])
    .option("--faults", "list the faults of the catalog and serve nothing")
    .action(async (options: SimulateOptions) => {
      const catalog = loadCatalog(options.catalog ?? settings().catalog);
      const findings = checkCatalog(catalog);
      if (findings.some(({ level }) => level === "error")) throw new UserError("the catalog was refused", findings);
      if (options.faults === true) {
        console.log(faultsText(catalog));
        return;
      }
      await simulate(
        catalog,
        portOf(options.port),
        options.fault.map((name) => faultNamed(catalog, name)),
      );
    });
}
