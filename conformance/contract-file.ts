import { parse } from "yaml";
import { z } from "zod";
import type { LabelValues } from "../model/metric";
import { fail, ok, type Result } from "../model/result";
import { didYouMean } from "../model/suggest";
import type { ExpectedPage } from "./contract";

const metricName = z.string().regex(/^[a-zA-Z_:][\w:]*$/, "is no name of a metric");
const labelName = z.string().regex(/^[a-zA-Z_]\w*$/, "is no name of a label");

const values = z
  .union(
    [
      z.strictObject({ values: z.array(z.string()).min(1) }),
      z.strictObject({ max: z.number().int().positive(), example: z.string().optional() }),
    ],
    { error: "must be { values: [a, b] } or { max: 10 }" },
  )
  .transform(
    (given): LabelValues =>
      "values" in given
        ? { kind: "closed", values: given.values }
        : { kind: "bounded", max: given.max, example: given.example ?? "" },
  );

const contractFile = z.strictObject({
  metrics: z
    .array(
      z.strictObject({
        name: metricName,
        type: z.enum(["counter", "gauge", "histogram", "summary", "untyped"]),
        labels: z.record(labelName, values).default({}),
        optional: z.boolean().default(false),
      }),
    )
    .min(1),
  ignore: z.array(z.string().min(1)).default([]),
});

const keys = ["metrics", "ignore", "name", "type", "labels", "optional", "values", "max", "example"];

function explained({ issues: [issue] }: z.ZodError): string {
  if (issue === undefined) return "it is no contract";
  const where = issue.path.map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`)).join("");
  const at = where === "" ? "" : `${where.replace(/^\./, "")}: `;
  if (issue.code === "unrecognized_keys") {
    const [key = ""] = issue.keys;
    return `${at}"${key}" is not known.${didYouMean(key, keys)}`;
  }
  return `${at}${issue.message}`;
}

/** Reads a contract in YAML or JSON. The error says where in it the mistake is. */
export function parseContract(text: string): Result<ExpectedPage> {
  let document: unknown;
  try {
    document = parse(text);
  } catch (error) {
    return fail(error instanceof Error ? (error.message.split("\n")[0] ?? "it is no YAML") : "it is no YAML");
  }
  const read = contractFile.safeParse(document);
  return read.success ? ok(read.data) : fail(explained(read.error));
}
