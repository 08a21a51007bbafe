import { fail, ok, type Result } from "../../model/result";

/** A value of a plugin's setting. */
export type Setting = string | number | boolean | readonly string[] | { readonly [key: string]: string };

/** What an event is asked. */
export type Test =
  | { readonly kind: "equals"; readonly field: string; readonly value: string }
  | { readonly kind: "one-of"; readonly field: string; readonly values: readonly string[] }
  | { readonly kind: "exists"; readonly field: string }
  | { readonly kind: "has-tag"; readonly tag: string }
  | { readonly kind: "begins-as-json"; readonly field: string };

/** A plugin, or a choice between some. Source: Logstash reference, "Structure of a pipeline" and "Accessing event data and fields". */
export type Step =
  | { readonly plugin: string; readonly settings: Readonly<Record<string, Setting>> }
  | {
      readonly when: readonly { readonly all: readonly Test[]; readonly steps: readonly Step[] }[];
      readonly otherwise?: readonly Step[];
    };

export interface LogstashConfig {
  readonly input: readonly Step[];
  readonly filter: readonly Step[];
  readonly output: readonly Step[];
}

/**
 * A text in quotes. Logstash takes backslashes in it as they are (`config.support_escapes` is off by default), so that a quote cannot be escaped: the other one is
 * used, and a text with both, or one whose end would escape its quote, has no form.
 */
export function quoted(text: string): Result<string> {
  const [mark] = ['"', "'"].filter((quote) => !text.includes(quote));
  return mark === undefined || text.endsWith("\\")
    ? fail(`Logstash has no way to write ${JSON.stringify(text)}`)
    : ok(`${mark}${text}${mark}`);
}

/** @throws Error for a text that has no form: none is a user's. */
function quote(text: string): string {
  const result = quoted(text);
  if (!result.ok) throw new Error(result.error);
  return result.value;
}

const setting = (value: Setting): string => {
  if (typeof value === "string") return quote(value);
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (isList(value)) return `[${value.map(quote).join(", ")}]`;
  return `{ ${Object.entries(value)
    .map(([key, each]) => `${quote(key)} => ${quote(each)}`)
    .join(" ")} }`;
};

const isList = (value: Setting): value is readonly string[] => Array.isArray(value);

function test(asked: Test): string {
  switch (asked.kind) {
    case "equals":
      return `[${asked.field}] == ${quote(asked.value)}`;
    case "one-of":
      return `[${asked.field}] in [${asked.values.map(quote).join(", ")}]`;
    case "exists":
      return `[${asked.field}]`;
    case "has-tag":
      return `${quote(asked.tag)} in [tags]`;
    case "begins-as-json":
      return `[${asked.field}] =~ /^\\{/`;
  }
}

const indented = (lines: readonly string[]): readonly string[] => lines.map((line) => `  ${line}`);

function lines(step: Step): readonly string[] {
  if ("plugin" in step) {
    const settings = Object.entries(step.settings).map(([name, value]) => `${name} => ${setting(value)}`);
    return settings.length === 0 ? [`${step.plugin} {}`] : [`${step.plugin} {`, ...indented(settings), "}"];
  }
  const branches = step.when.flatMap(({ all, steps }, index) => [
    `${index === 0 ? "" : "} else "}if ${all.map(test).join(" and ")} {`,
    ...indented(steps.flatMap(lines)),
  ]);
  const rest = step.otherwise === undefined ? [] : ["} else {", ...indented(step.otherwise.flatMap(lines))];
  return [...branches, ...rest, "}"];
}

/** The text of a pipeline, two spaces for each level. */
export const logstashText = (config: LogstashConfig): string =>
  (["input", "filter", "output"] as const)
    .flatMap((part) => [`${part} {`, ...indented(config[part].flatMap(lines)), "}"])
    .map((line) => `${line}\n`)
    .join("");
