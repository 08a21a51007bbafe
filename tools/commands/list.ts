import { Argument, type Command } from "commander";
import { checkCatalog } from "../../checks/check-catalog";
import { dashboardsOf } from "../../dashboards/grafana/service";
import type { Catalog } from "../../model/catalog";
import { estateOf } from "../../model/estate";
import { alertsOf } from "../../model/service";
import { didYouMean } from "../../model/suggest";
import { alertListHead, alertRows, listedAlerts } from "../alert-list";
import { findingsText, relativeTo } from "../findings-text";
import { loadCatalog } from "../load-catalog";
import type { Settings } from "../settings";
import { textTable } from "../text-table";
import { UserError } from "../user-error";

interface ListOptions {
  readonly catalog?: string;
  readonly environment?: string;
  readonly json?: boolean;
}

function listServices({ services }: Catalog, json: boolean): void {
  const rows = services.map((service) => ({
    service: service.name,
    team: service.team,
    tier: service.tier,
    runtime: service.runtime.kind,
    alerts: alertsOf(service).length,
    objectives: service.objectives.length,
    dashboards: dashboardsOf(service).length,
    // A runtime writes to one log group in each environment.
    logGroups: 1,
  }));
  if (json) console.log(JSON.stringify({ services: rows }));
  else
    console.log(
      textTable(
        ["service", "team", "tier", "runtime", "alerts", "objectives", "dashboards", "log groups"],
        rows.map((row) => Object.values(row)),
      ),
    );
}

/** Alerts are definite only where nothing is wrong with them. */
function listAlerts(catalog: Catalog, { environment: named, json }: ListOptions): void {
  const errors = checkCatalog(catalog).filter(({ level }) => level === "error");
  if (errors.length > 0) throw new UserError(findingsText(errors.map((found) => relativeTo(process.cwd(), found))));
  const names = catalog.environments.map(({ name }) => name);
  const environment = catalog.environments.find(({ name, production }) =>
    named === undefined ? production : name === named,
  );
  if (environment === undefined) {
    const asked = named === undefined ? "there is no production" : `there is no environment "${named}"`;
    throw new UserError(`${asked}; name one with --environment: ${names.join(", ")}.${didYouMean(named ?? "", names)}`);
  }
  const alerts = listedAlerts(estateOf(catalog, environment));
  if (json === true) console.log(JSON.stringify({ environment: environment.name, alerts }));
  else console.log(textTable(alertListHead, alertRows(alerts)));
}

export function addList(program: Command, settings: () => Settings): void {
  program
    .command("list")
    .summary("the services and what watches each, or every alert and its time to page")
    .description(
      "List the services of the catalog, each with its owner, its runtime and how much watches it in every environment; or every\n" +
        "alert of an environment: who evaluates it, and how long after the failure somebody is told, at the most.",
    )
    .addArgument(new Argument("[what]", "what to list").choices(["services", "alerts"]).default("services"))
    .option("--catalog <file>", "the catalog to read; default: ESTATE_CATALOG, else catalog/catalog.ts")
    .option("--environment <name>", "whose alerts; default: the first that is production")
    .option("--json", "print one JSON document, and nothing else, on stdout")
    .action((what: string, options: ListOptions) => {
      const catalog = loadCatalog(options.catalog ?? settings().catalog);
      if (what === "alerts") listAlerts(catalog, options);
      else listServices(catalog, options.json === true);
    });
}
