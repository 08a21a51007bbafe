import { join, relative } from "node:path";
import { Option, program } from "commander";
import { regenerate } from "./bindings/regenerate";
import { grafana, providersInUse } from "./bindings/resources-in-use";

/*
 * `npm run bindings -- SCHEMA.json --provider NAME`: regenerates providers/NAME for the resource types in use (resources-in-use.ts).
 * Exit code 0 when done, 1 with one line for each error.
 */

interface Options {
  readonly provider: string;
  readonly providerVersion?: string;
  readonly out?: string;
}

program
  .name("npm run bindings --")
  .description("Regenerate the bindings of a provider for the resource types in use.")
  .argument("<schema>", 'file written by "terraform providers schema -json"')
  .option("--provider-version <version>", "version the schema describes, if the file does not say (1.2.3)")
  .addOption(
    new Option("--provider <name>", "provider to bind")
      .choices(providersInUse.map(({ name }) => name))
      .default(grafana.name),
  )
  .option("--out <folder>", "folder to replace (default: providers/NAME)")
  .action(async (schema: string, options: Options) => {
    const provider = providersInUse.find(({ name }) => name === options.provider) ?? grafana;
    const folder = options.out ?? join(__dirname, "..", "providers", provider.name);
    const outcome = await regenerate({
      provider,
      schemaFile: schema,
      folder,
      version: options.providerVersion,
    });
    if (!outcome.ok) {
      for (const error of outcome.errors) console.error(error);
      process.exitCode = 1;
      return;
    }
    const { files, bytes, version, assumed } = outcome.value;
    const origin = assumed ? "assumed, for the file names none; see --provider-version" : "as stated";
    console.log(`${relative(".", folder)}: ${files} files, ${Math.round(bytes / 1024)} KiB`);
    console.log(`${provider.source} ${version} (${origin})`);
  });

program.parseAsync();
