import { createHash } from "node:crypto";
import { limits } from "./limits";

/** The ids of a dashboard's panels by key. */
export interface PanelIds {
  readonly ids: ReadonlyMap<string, number>;
  /** Keys whose first choice of an id was taken: each with the key that has it. */
  readonly collisions: readonly (readonly [key: string, takenBy: string])[];
}

/** Keys come from contracts and are the same in most dashboards, so each is hashed once. */
const numbers = new Map<string, number>();

/** A number from 1 to 2^31 - 1. */
function numberOf(text: string): number {
  const number =
    numbers.get(text) ?? (createHash("sha256").update(text).digest().readUInt32BE() % limits.maxPanelId) + 1;
  numbers.set(text, number);
  return number;
}

/**
 * Gives every key an id made of the key alone, so that a link to a panel survives reordering, insertion and renamed titles.
 * Two keys whose hashes meet (one pair in two billion) are told apart by hashing the later one, in code-point order, again.
 */
export function panelIds(keys: readonly string[]): PanelIds {
  const ids = new Map<string, number>();
  const owners = new Map<number, string>();
  const collisions: (readonly [string, string])[] = [];
  for (const key of [...new Set(keys)].sort()) {
    let id = numberOf(key);
    for (let attempt = 1, owner = owners.get(id); owner !== undefined; attempt += 1, owner = owners.get(id)) {
      if (attempt === 1) collisions.push([key, owner]);
      id = numberOf(`${key}#${attempt}`);
    }
    ids.set(key, id);
    owners.set(id, key);
  }
  return { ids, collisions };
}
