import type { Command } from "commander";
import { dashboardsOf } from "../../dashboards/grafana/service";
import { alertsOf } from "../../model/service";
import { loadCatalog } from "../load-catalog";
import type { Settings } from "../settings";
import { textTable } from "../text-table";

export function addList(program: Command, settings: () => Settings): void {
  program
    .command("list")
    .summary("the services, and what watches each")
    .description(
      "List the services of the catalog, each with its owner, its runtime and how much watches it in every environment.",
    )
    .option("--catalog <file>", "the catalog to read; default: ESTATE_CATALOG, else catalog/catalog.ts")
    .option("--json", "print one JSON document, and nothing else, on stdout")
    .action((options: { readonly catalog?: string; readonly json?: boolean }) => {
      const { services } = loadCatalog(options.catalog ?? settings().catalog);
      const rows = services.map((service) => ({
        service: service.name,
        team: service.team,
        tier: service.tier,
        runtime: service.runtime.kind,
        alerts: alertsOf(service).length,
        dashboards: dashboardsOf(service).length,
        // A runtime writes to one log group in each environment.
        logGroups: 1,
      }));
      if (options.json === true) console.log(JSON.stringify({ services: rows }));
      else
        console.log(
          textTable(
            ["service", "team", "tier", "runtime", "alerts", "dashboards", "log groups"],
            rows.map((row) => Object.values(row)),
          ),
        );
    });
}
