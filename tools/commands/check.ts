import { type Command, InvalidArgumentError, Option } from "commander";
import { parseDuration } from "../../model/duration";
import type { Finding } from "../../model/finding";
import { type Format, formats, printFindings } from "../findings-format";
import { counted, relativeTo } from "../findings-text";
import type { Settings } from "../settings";
import { UserError } from "../user-error";

interface CheckOptions {
  readonly catalog?: string;
  readonly json?: boolean;
  readonly format: Format;
  readonly rules?: boolean;
  /** In seconds. */
  readonly scrapeInterval?: number;
}

/** What was checked, and what was found. */
interface Checked {
  readonly findings: readonly Finding[];
  /** What is told when nothing was found. */
  readonly sound: string;
}

type CheckCatalog = typeof import("../../checks/check-catalog");

/** Gives what `require` loaded its type: the catalog's checks bring packages that rule files need not wait for. */
function load<Module>(loaded: Module): Module {
  return loaded;
}

/** Checks a catalog; one that does not load is the only finding of a document for programs, and an error to people. */
function checkedCatalog(file: string, format: Format): Checked {
  try {
    const catalog = load<typeof import("../load-catalog")>(require("../load-catalog")).loadCatalog(file);
    const { services, environments } = catalog;
    return {
      findings: load<CheckCatalog>(require("../../checks/check-catalog")).checkCatalog(catalog),
      sound: `nothing to mend: ${services.length} services in ${environments.length} environments`,
    };
  } catch (error) {
    if (!(error instanceof UserError) || format === "text") throw error;
    const found: Finding = {
      id: "catalog/does-not-load",
      level: "error",
      where: { file },
      message: error.message,
      fix: "npx tsc names the line",
    };
    return { findings: [found], sound: "" };
  }
}

function checkedFiles(files: readonly string[], scrapeSeconds: number | undefined): Checked {
  const { findings, rules } = load<typeof import("../check-files")>(require("../check-files")).checkFiles(
    files,
    scrapeSeconds === undefined ? {} : { scrapeSeconds },
  );
  return { findings, sound: `nothing to mend: ${counted(rules, "rule")} in ${counted(files.length, "file")}` };
}

function printRules(): void {
  const { allRules } = load<typeof import("../../checks/rules")>(require("../../checks/rules"));
  console.log(
    load<typeof import("../text-table")>(require("../text-table")).textTable(
      ["rule", "why"],
      allRules.map(({ id, reason }) => [id, reason]),
    ),
  );
}

function secondsOf(text: string): number {
  const parsed = parseDuration(text);
  if (!parsed.ok) throw new InvalidArgumentError(parsed.error);
  return parsed.value;
}

export function addCheck(program: Command, settings: () => Settings): void {
  program
    .command("check")
    .summary("find everything that is wrong with the catalog, or with rule files")
    .description(
      "Check the catalog and every value made from it or, where files are named, those: Prometheus rule files of anybody's. " +
        "Exit code 1 when there is an error.",
    )
    .argument("[files...]", "Prometheus rule files to check, in place of the catalog")
    .option("--catalog <file>", "the catalog to check; default: ESTATE_CATALOG, else catalog/catalog.ts")
    .option("--rules", "list every rule and why it is one, and check nothing")
    .addOption(
      new Option("--format <form>", "text, json, or github for annotations of a pull request")
        .choices(formats)
        .default("text"),
    )
    .option("--json", "the same as --format json: one JSON document, and nothing else, on stdout")
    .option(
      "--scrape-interval <duration>",
      "how often what the rule files query is scraped, to judge ranges by",
      secondsOf,
    )
    .action((files: readonly string[], options: CheckOptions) => {
      if (options.rules === true) {
        printRules();
        return;
      }
      if (files.length > 0 && options.catalog !== undefined)
        throw new UserError("either a catalog is checked or rule files are, not both; leave --catalog out");
      const format = options.json === true ? "json" : options.format;
      const { findings, sound } =
        files.length > 0
          ? checkedFiles(files, options.scrapeInterval)
          : checkedCatalog(options.catalog ?? settings().catalog, format);
      const told = findings.map((found) => relativeTo(process.cwd(), found));
      if (told.some(({ level }) => level === "error")) process.exitCode = 1;
      printFindings(told, format, sound);
    });
}
