import { z } from "zod";

/** What terraform says is wrong, and with what. */
export interface Diagnostic {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail: string;
  /** Address of the resource, where terraform tells it. */
  readonly address?: string;
  /** Where in the configuration: a file, and the byte that it starts at. */
  readonly range?: { readonly filename: string; readonly byte: number };
}

/** Terraform: "Machine-Readable UI" and "terraform validate", the format of a diagnostic. */
const diagnosticSchema = z
  .object({
    severity: z.enum(["error", "warning"]),
    summary: z.string(),
    detail: z.string().default(""),
    address: z.string().optional(),
    range: z.object({ filename: z.string(), start: z.object({ byte: z.number() }) }).optional(),
  })
  .transform(
    ({ severity, summary, detail, address, range }): Diagnostic => ({
      severity,
      summary,
      detail,
      ...(address === undefined ? {} : { address }),
      ...(range === undefined ? {} : { range: { filename: range.filename, byte: range.start.byte } }),
    }),
  );

const validation = z.object({ diagnostics: z.array(diagnosticSchema) });
const message = z.object({ type: z.literal("diagnostic"), diagnostic: diagnosticSchema });

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Diagnostics of `terraform validate -json`; undefined when the text is no such document. */
export function diagnosticsOfValidate(output: string): readonly Diagnostic[] | undefined {
  const document = validation.safeParse(parsed(output));
  return document.success ? document.data.diagnostics : undefined;
}

/** The diagnostic in a line of `terraform plan -json`, if it is one. */
export function diagnosticOfLine(line: string): Diagnostic | undefined {
  // Most lines are of other types, and a plan of ten thousand resources has ten thousand of them.
  if (!line.includes('"diagnostic"')) return undefined;
  const document = message.safeParse(parsed(line));
  return document.success ? document.data.diagnostic : undefined;
}

const boxLine = /^[╷│╵] ?/gm;

/** What terraform printed for people, as a diagnostic: without the frame, the first sentence apart. */
export function diagnosticOfText(text: string): Diagnostic | undefined {
  const plain = text.replace(boxLine, "").trim();
  // A warning before the error, such as that of a missing configuration file, is not what went wrong.
  const [, summary, detail = ""] = /Error: (.*)(?:\n+([\s\S]*))?$/.exec(plain) ?? [];
  if (summary !== undefined) return { severity: "error", summary, detail: detail.trim() };
  return plain === "" ? undefined : { severity: "error", summary: plain, detail: "" };
}
