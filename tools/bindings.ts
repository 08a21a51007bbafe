import { join, relative } from "node:path";
import { program } from "commander";
import { regenerate } from "./bindings/regenerate";
import { grafana } from "./bindings/resources-in-use";

/*
 * `npm run bindings -- SCHEMA.json`: regenerates providers/grafana for the resource types in use (resources-in-use.ts).
 * Exit code 0 when done, 1 with one line for each error.
 */

const home = join(__dirname, "..", "providers", grafana.name);

program
  .name("npm run bindings --")
  .description(`Regenerate the ${grafana.source} bindings for the resource types in use.`)
  .argument("<schema>", 'file written by "terraform providers schema -json"')
  .option("--provider-version <version>", "version the schema describes, if the file does not say (1.2.3)")
  .option("--out <folder>", "folder to replace", home)
  .action(async (schema: string, options: { readonly providerVersion?: string; readonly out: string }) => {
    const outcome = await regenerate({
      provider: grafana,
      schemaFile: schema,
      folder: options.out,
      version: options.providerVersion,
    });
    if (!outcome.ok) {
      for (const error of outcome.errors) console.error(error);
      process.exitCode = 1;
      return;
    }
    const { files, bytes, version, assumed } = outcome.value;
    const origin = assumed ? "assumed, for the file names none; see --provider-version" : "as stated";
    console.log(`${relative(".", options.out)}: ${files} files, ${Math.round(bytes / 1024)} KiB`);
    console.log(`${grafana.source} ${version} (${origin})`);
  });

program.parseAsync();
