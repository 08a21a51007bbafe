import { z } from "zod";

/**
 * The ingest processors in use, as the reference describes them: what is required, and no argument that does not exist.
 * Source: Elasticsearch guide, "Ingest processor reference".
 */
const common = { tag: z.string(), if: z.string().optional(), ignore_failure: z.boolean().optional() };
const handled = {
  ...common,
  get on_failure() {
    return z.array(processor).optional();
  },
};

export const processor: z.ZodType = z.lazy(() =>
  z.union([
    z.strictObject({
      set: z.strictObject({ ...handled, field: z.string(), value: z.unknown(), override: z.boolean().optional() }),
    }),
    z.strictObject({
      uppercase: z.strictObject({ ...handled, field: z.string(), ignore_missing: z.boolean().optional() }),
    }),
    z.strictObject({ drop: z.strictObject(handled) }),
    z.strictObject({
      remove: z.strictObject({ ...handled, field: z.string(), ignore_missing: z.boolean().optional() }),
    }),
    z.strictObject({ remove: z.strictObject({ ...handled, keep: z.array(z.string()).min(1) }) }),
    z.strictObject({
      fingerprint: z.strictObject({
        ...handled,
        fields: z.array(z.string()).min(1),
        target_field: z.string(),
        method: z.enum(["MD5", "SHA-1", "SHA-256", "SHA-512", "MurmurHash3"]),
        salt: z.string(),
        ignore_missing: z.boolean(),
      }),
    }),
    z.strictObject({
      gsub: z.strictObject({
        ...handled,
        field: z.string(),
        pattern: z.string(),
        replacement: z.string(),
        ignore_missing: z.boolean(),
      }),
    }),
    z.strictObject({
      date: z.strictObject({
        ...handled,
        field: z.string(),
        formats: z.array(z.string()).min(1),
        target_field: z.string(),
      }),
    }),
  ]),
);
