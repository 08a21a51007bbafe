import { z } from "zod";

/** A text or a number, or a table of them by environment. */
export const perEnvironment = z.union([
  z.string(),
  z.number(),
  z.object({ default: z.union([z.string(), z.number()]) }).loose(),
]);

/** A number, or a table of numbers by environment. */
export const numberPerEnvironment = z.union(
  [z.number(), z.object({ default: z.number() }).catchall(z.number())],
  "Invalid input: expected a number, or numbers by environment and a default",
);
/** Times of the week in which alerts call nobody. */
export const maintenance = z.array(
  z
    .object({
      name: z.string(),
      days: z.array(z.string()),
      start: z.string(),
      end: z.string(),
      timeZone: z.string(),
      reason: z.string(),
      services: z.array(z.string()).optional(),
      environments: z.array(z.string()).optional(),
    })
    .loose(),
);
