import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { type Command, Option } from "commander";
import pc from "picocolors";
import { type Difference, differences } from "../../conformance/compare";
import { type ExpectedPage, expectedOf } from "../../conformance/contract";
import { parseContract } from "../../conformance/contract-file";
import { parseExposition } from "../../conformance/exposition";
import type { Catalog } from "../../model/catalog";
import { metricsOf } from "../../model/service";
import { didYouMean } from "../../model/suggest";
import { loadCatalog } from "../load-catalog";
import type { Settings } from "../settings";
import { UserError } from "../user-error";

interface ConformOptions {
  readonly catalog?: string;
  readonly contract?: string;
  readonly service?: string;
  readonly ignore: readonly string[];
  readonly format: string;
}

/** Longest that a page may take to come: as long as Prometheus would wait by default. */
const patienceMilliseconds = 10_000;

function contractIn(file: string): ExpectedPage {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    throw new UserError(`no such contract: ${file}`);
  }
  const contract = parseContract(text);
  if (!contract.ok) throw new UserError(`${relative(process.cwd(), file)}: ${contract.error}`);
  return contract.value;
}

function contractOf({ services }: Catalog, name: string): ExpectedPage {
  const service = services.find((each) => each.name === name);
  if (service !== undefined) return expectedOf(metricsOf(service));
  const names = services.map((each) => each.name);
  throw new UserError(`there is no service "${name}"; there are ${names.join(", ")}.${didYouMean(name, names)}`);
}

function expected({ contract, service, catalog, ignore }: ConformOptions, settings: () => Settings): ExpectedPage {
  if ((contract === undefined) === (service === undefined))
    throw new UserError("say what the page is held against: either --service NAME of the catalog, or --contract FILE");
  const page =
    contract !== undefined
      ? contractIn(contract)
      : contractOf(loadCatalog(catalog ?? settings().catalog), service ?? "");
  return { ...page, ignore: [...page.ignore, ...ignore] };
}

/** @throws UserError for an address that is none. A host alone means its `/metrics`, as it does to Prometheus. */
function addressOf(text: string): string {
  const whole = /^https?:\/\//.test(text) ? text : `http://${text}`;
  if (!URL.canParse(whole))
    throw new UserError(`"${text}" is no address; write one such as http://localhost:9100/metrics`);
  const url = new URL(whole);
  if (url.pathname === "/") url.pathname = "/metrics";
  return url.href;
}

async function scraped(url: string): Promise<string> {
  let response: Response;
  try {
    response = await fetch(url, {
      headers: { accept: "text/plain;version=0.0.4" },
      signal: AbortSignal.timeout(patienceMilliseconds),
    });
    if (response.ok) return await response.text();
  } catch (error) {
    const { cause } = error instanceof Error ? error : {};
    const why =
      cause instanceof Error && cause.message !== "" ? cause.message : error instanceof Error ? error.message : error;
    throw new UserError(`${url} does not answer: ${why}`);
  }
  throw new UserError(`${url} answers ${response.status}, and no metrics`);
}

const textOf = ({ kind, metric, message, fix }: Difference): string =>
  `${pc.red("error")} ${metric}: ${message}  ${pc.dim(kind)}\n      fix: ${fix}`;

async function conform(given: string, options: ConformOptions, settings: () => Settings): Promise<void> {
  const contract = expected(options, settings);
  const url = addressOf(given);
  const page = parseExposition(await scraped(url));
  if (!page.ok) throw new UserError(`${url}: ${page.error}`);
  const found = differences(contract, page.value);
  if (options.format === "json") console.log(JSON.stringify({ url, conforms: found.length === 0, differences: found }));
  else {
    for (const each of found) console.log(textOf(each));
    const declared = contract.metrics.length;
    console.log(
      found.length === 0
        ? `${url} conforms: ${declared} metrics are as they are declared`
        : `${url} differs from its contract: ${found.length} ${found.length === 1 ? "difference" : "differences"}`,
    );
  }
  if (found.length > 0) process.exitCode = 1;
}

export function addConform(program: Command, settings: () => Settings): void {
  program
    .command("conform")
    .summary("compare what a running service emits with its telemetry contract")
    .description(
      "Scrape the metrics of a running service or exporter and compare them with a telemetry contract:\n" +
        "what is missing, undeclared, of another type, and labels that are undeclared, have other values\n" +
        "than declared, or are not bounded. Ends with 1 when there are differences.",
    )
    .argument("<url>", "where the metrics are; of a host alone, its /metrics")
    .option("--service <name>", "the service of the catalog whose contracts it must keep")
    .option("--contract <file>", "a contract in YAML or JSON, for what is in no catalog")
    .option("--catalog <file>", "the catalog to read; default: ESTATE_CATALOG, else catalog/catalog.ts")
    .option("--ignore <prefixes...>", "beginnings of further names that the page may have, such as go_ or process_", [])
    .addOption(new Option("--format <format>", "how to print differences").choices(["text", "json"]).default("text"))
    .action((url: string, options: ConformOptions) => conform(url, options, settings));
}
