import { z } from "zod";

/** A file, and a byte or a line of it, counted as terraform counts: bytes from 0, lines from 1. */
export type Position =
  | { readonly filename: string; readonly byte: number }
  | { readonly filename: string; readonly line: number };

/** What terraform says is wrong, and with what. */
export interface Diagnostic {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail: string;
  /** Address of the resource, where terraform tells it. */
  readonly address?: string;
  /** Where in the configuration it is. */
  readonly position?: Position;
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
      ...(range === undefined ? {} : { position: { filename: range.filename, byte: range.start.byte } }),
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

/** The first sentence of an error, and all else of it; a position stands on a line of its own. */
function errorOf(text: string): Diagnostic {
  const [summary = "", ...rest] = text.split("\n");
  const detail = rest.join("\n").trim();
  const [, filename, line] = /^\s*on (\S+) line (\d+)/m.exec(detail) ?? [];
  const position = filename === undefined ? {} : { position: { filename, line: Number(line) } };
  return { severity: "error", summary, detail, ...position };
}

/** What terraform printed for people, as diagnostics: without the frame, the first sentences apart. */
export function diagnosticsOfText(text: string): readonly Diagnostic[] {
  const plain = text.replace(boxLine, "").trim();
  // What comes before the first error is a warning, such as that of a missing configuration file, and not what went wrong.
  const [before = "", ...errors] = plain.split(/^Error: /m);
  if (errors.length > 0) {
    const found = errors.map(errorOf);
    // Of several, the first only says that there are others.
    const others = found.filter(
      ({ summary }) => !/^(Terraform|OpenTofu) encountered problems during init/.test(summary),
    );
    return others.length > 0 ? others : found;
  }
  return before === "" ? [] : [{ severity: "error", summary: before, detail: "" }];
}
