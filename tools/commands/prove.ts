import type { Command } from "commander";
import { checkCatalog } from "../../checks/check-catalog";
import type { AlertCase } from "../../model/alert-case";
import type { Catalog } from "../../model/catalog";
import { estateOf } from "../../model/estate";
import { didYouMean } from "../../model/suggest";
import { type Proof, type ProvenRule, verdictOf } from "../../proof/proof";
import { provenRules, strayCases, suitesOf } from "../../proof/suite";
import { liveProofs } from "../../simulator/fault-outcome";
import { relativeTo } from "../findings-text";
import { loadCatalog } from "../load-catalog";
import { findPromtool, type Promtool, runSuites } from "../prove/promtool";
import { proofJson, proofText } from "../prove/proof-report";
import type { Settings } from "../settings";
import { proveLive } from "../simulate/live-proof";
import { findPrometheus, outcomeText } from "../simulate/live-text";
import { inTemporaryFolder } from "../terraform/in-temporary-folder";
import { exitCodeOf, type Interruption, interruptible } from "../terraform/interruption";
import { UserError } from "../user-error";

interface ProveOptions {
  readonly catalog?: string;
  readonly mutants: boolean;
  readonly json?: boolean;
  readonly live?: boolean;
}

/** The environments that were asked for; all where none was. */
function environmentsOf({ environments }: Catalog, names: readonly string[]): Catalog["environments"] {
  const known = environments.map(({ name }) => name);
  for (const name of names) {
    if (!known.includes(name))
      throw new UserError(
        `no such environment: "${name}".${didYouMean(name, known) || ` There are ${known.join(", ")}`}`,
      );
  }
  return names.length === 0 ? environments : environments.filter(({ name }) => names.includes(name));
}

/** @throws UserError for cases of alerts that Prometheus does not evaluate anywhere. */
function refuseStray(catalog: Catalog): void {
  const rules = catalog.environments
    .flatMap((environment) => estateOf(catalog, environment).services.flatMap(({ alerts }) => alerts))
    .filter(({ evaluator }) => evaluator === "prometheus");
  const stray = strayCases(catalog.proofs, rules);
  const names = [...new Set(rules.map(({ name }) => name))];
  const found = (one: AlertCase) =>
    relativeTo(process.cwd(), {
      id: "proof/unknown-alert",
      level: "error",
      where: { file: one.file, rule: one.alert },
      message: `a case for an alert that Prometheus evaluates nowhere it is about.${didYouMean(one.alert, names)}`,
      fix: "write the alert's name, and a service and environments that have it",
    });
  if (stray.length > 0) throw new UserError("the cases were refused", stray.map(found));
}

async function prove(
  catalog: Catalog,
  names: readonly string[],
  { mutants }: ProveOptions,
  promtool: Promtool,
  interruption: Interruption,
): Promise<readonly ProvenRule[]> {
  const evaluation = { closed: Number.parseInt(promtool.version, 10) < 3 };
  const environments = environmentsOf(catalog, names);
  // The rule of another environment differs in its threshold, its severity and what it waits for; one that is tried says enough.
  const tried = environments.some(({ production }) => production)
    ? environments.filter(({ production }) => production)
    : environments;
  const suites = environments.flatMap((environment) =>
    suitesOf(estateOf(catalog, environment), {
      cases: catalog.proofs,
      mutants: mutants && tried.includes(environment),
      evaluation,
    }),
  );
  const runs = await inTemporaryFolder((folder) => runSuites(suites, promtool, folder, interruption));
  return suites.flatMap((suite, index) => provenRules(suite, runs[index] ?? { failed: [], error: "it was not run" }));
}

/** The same rules, with what a live run of the environments of production proves of them. */
async function alsoLive(
  catalog: Catalog,
  names: readonly string[],
  rules: readonly ProvenRule[],
  { interrupt }: Interruption,
): Promise<readonly ProvenRule[]> {
  const prometheus = findPrometheus((what) => console.error(what));
  const proofs: Proof[] = [];
  for (const environment of environmentsOf(catalog, names).filter(({ production }) => production)) {
    if (interrupt.aborted) break;
    const report = await inTemporaryFolder((folder) =>
      proveLive({
        catalog,
        environment,
        prometheus,
        folder,
        interrupt,
        onOutcome: (outcome) => console.error(outcomeText(outcome)),
      }),
    );
    proofs.push(
      ...liveProofs(
        rules.map(({ rule }) => rule),
        report,
      ),
    );
  }
  return rules.map((known) => ({
    ...known,
    proofs: [...known.proofs, ...proofs.filter(({ rule }) => rule === known.rule)],
  }));
}

export function addProve(program: Command, settings: () => Settings): void {
  program
    .command("prove")
    .summary("every Prometheus alert shown to fire, to stay silent, to resolve")
    .description(
      "Have Prometheus' own promtool run unit tests that are made from each alert's\n" +
        "definition, and the cases of the catalog, on the rule files that are deployed.\n" +
        "Then put mistakes into each rule of production, or of the environments that\n" +
        "were asked for where none of them is: the tests must notice them.\n" +
        "Exit code 1 when an alert is not proven or under 95% of the mistakes are noticed.",
    )
    .argument("[environments...]", "names of environments; default: all")
    .option("--catalog <file>", "the catalog to read; default: ESTATE_CATALOG, else\ncatalog/catalog.ts")
    .option("--no-mutants", "leave the mistakes out, in a third of the time")
    .option(
      "--live",
      "also make the faults of the catalog happen to a simulated\nproduction that real Prometheus scrape, in three minutes",
    )
    .option("--json", "print one JSON document, and nothing else, on stdout")
    .action(async (names: readonly string[], options: ProveOptions) => {
      const started = performance.now();
      const catalog = loadCatalog(options.catalog ?? settings().catalog);
      const findings = checkCatalog(catalog);
      if (findings.some(({ level }) => level === "error")) throw new UserError("the catalog was refused", findings);
      environmentsOf(catalog, names);
      refuseStray(catalog);
      const promtool = findPromtool((what) => console.error(what));
      await interruptible(async (interruption) => {
        const proven = await prove(catalog, names, options, promtool, interruption);
        const rules = options.live === true ? await alsoLive(catalog, names, proven, interruption) : proven;
        const signal = interruption.signal();
        if (signal !== undefined) {
          process.exitCode = exitCodeOf(signal);
          return;
        }
        const seconds = (performance.now() - started) / 1000;
        console.log(
          options.json === true ? proofJson(rules, promtool.version) : proofText(rules, seconds, promtool.version),
        );
        if (!verdictOf(rules).passed) process.exitCode = 1;
      });
    });
}
