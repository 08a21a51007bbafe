import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const sourceMap = z.object({ sourcesContent: z.array(z.string()) });
const marker = "sourceMappingURL=data:application/json;base64,";

/** The TypeScript that a compiled binding came from; its source map carries it. */
function typescriptOf(javascript: string): string {
  const start = javascript.lastIndexOf(marker);
  if (start < 0) return javascript;
  const encoded = javascript.slice(start + marker.length).trim();
  const map = sourceMap.parse(JSON.parse(Buffer.from(encoded, "base64").toString("utf8")));
  return map.sourcesContent.join("\n");
}

function sourcesIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      // The structs of a large resource are in a folder of their own.
      if (entry.isDirectory()) return sourcesIn(path);
      if (entry.name.endsWith(".d.ts")) return [];
      if (entry.name.endsWith(".js")) return [typescriptOf(readFileSync(path, "utf8"))];
      return entry.name.endsWith(".ts") ? [readFileSync(path, "utf8")] : [];
    });
}

/**
 * The TypeScript of one resource's bindings, compiled or not.
 * @throws when the folder cannot be read or a source map is not one.
 */
export const bindingSource = (folder: string): string => sourcesIn(folder).join("\n");
