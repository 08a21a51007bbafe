import { createHash } from "node:crypto";
import type { Path } from "../protocol/diagnostic";
import { encodeValue } from "../protocol/msgpack";
import { hasUnknown, Unknown, type Value } from "../protocol/value";
import { type Block, isNested } from "../schema/provider-schema";
import { mapBlock } from "./map-block";
import { filled, placeholder } from "./placeholder-value";

const names = (path: Path): readonly string[] =>
  path.map((step) => {
    if (typeof step !== "object") return String(step);
    return "key" in step ? step.key : String(step.inSet);
  });

/** What decides the made-up values of an object: itself, so that a run can be repeated. */
export const seedOf = (kind: string, value: Value): string =>
  createHash("sha256").update(kind).update(encodeValue(value)).digest("hex");

/** A planned object as it is after apply: everything unknown has a value. */
export const applied = (block: Block, planned: Value, seed: string): Value =>
  mapBlock(block, planned, (attribute, value, above, name) => {
    if (value instanceof Unknown) return placeholder(attribute, names([...above, name]), seed);
    return !isNested(attribute) && hasUnknown(value)
      ? filled(attribute.type, value, names([...above, name]), seed)
      : value;
  });
