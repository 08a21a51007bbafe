import { createHash } from "node:crypto";

/**
 * A name made of names that people chose, so that it survives every reordering: `prod-app-service`. One that is longer than it may be ends in a
 * hash of the whole, so that two long names never meet.
 */
export function boundedName(most: number, ...names: readonly string[]): string {
  const name = names.join("-");
  if (name.length <= most) return name;
  const hash = createHash("sha256").update(name).digest("hex").slice(0, 8);
  return `${name.slice(0, most - hash.length - 1)}-${hash}`;
}
