import { isDeepStrictEqual } from "node:util";
import { fail, never, ok, type Result } from "../../model/result";
import { type ParsedSection, type ParsedValue, parseFluentd } from "./parse";
import { rubyOf } from "./program";
import type { FluentdConfig, FluentdSection, FluentdValue } from "./syntax";

/** Text that needs no quotes: no comment, no JSON, no Ruby can begin in it. */
const bare = /^[@A-Za-z0-9_./:*+-]+$/;

/** Signs that no single-quoted text can hold, and how they are written in double quotes. */
const escapes: ReadonlyMap<string, string> = new Map([
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
  ['"', '\\"'],
  ["\\", "\\\\"],
  ["#", "\\#"],
]);

/**
 * Single quotes know two escapes and no Ruby; a line cannot end within them, so text of several lines takes double quotes, with `#`
 * escaped wherever Ruby could begin.
 */
function quoted(text: string): string {
  if (bare.test(text)) return text;
  if (!/[\n\r\t]/.test(text)) return `'${text.replaceAll(/['\\]/g, (sign) => `\\${sign}`)}'`;
  return `"${Array.from(text, (sign) => escapes.get(sign) ?? sign).join("")}"`;
}

/** A value as the reader of configurations understands it. */
export function plainValue(value: FluentdValue): ParsedValue {
  switch (value.kind) {
    case "text":
      return value;
    case "environment":
      return { kind: "embedded", code: `ENV.fetch('${value.variable}')` };
    case "hostname":
      return { kind: "embedded", code: "Socket.gethostname" };
    case "program":
      return { kind: "text", text: `\${${rubyOf(value.program)}}` };
    default:
      return never(value);
  }
}

function valueText(value: FluentdValue): string {
  const plain = plainValue(value);
  return plain.kind === "text" ? quoted(plain.text) : `"#{${plain.code}}"`;
}

function lines({ name, argument, parameters, sections }: FluentdSection, indent: string): readonly string[] {
  const inner = `${indent}  `;
  return [
    `${indent}<${[name, ...(argument === undefined ? [] : [argument])].join(" ")}>`,
    ...parameters.map((parameter) => `${inner}${parameter.name} ${valueText(parameter.value)}`),
    ...sections.flatMap((section) => lines(section, inner)),
    `${indent}</${name}>`,
  ];
}

/** A section with every value as the reader understands it. */
const plainSection = ({ name, argument, parameters, sections }: FluentdSection): ParsedSection => ({
  name,
  ...(argument === undefined ? {} : { argument }),
  parameters: parameters.map((parameter) => ({ name: parameter.name, value: plainValue(parameter.value) })),
  sections: sections.map(plainSection),
});

/** The text of a configuration, which our own reader reads as the same configuration; an error names what cannot be written. */
export function printFluentd(config: FluentdConfig): Result<string> {
  const printed = `${config.map((section) => lines(section, "").join("\n")).join("\n\n")}\n`;
  const read = parseFluentd(printed);
  if (!read.ok) return read;
  return isDeepStrictEqual(read.value, config.map(plainSection))
    ? ok(printed)
    : fail("a name or a pattern of Fluentd's configuration cannot be written as it is");
}
