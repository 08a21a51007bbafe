/** What a function takes in all, and what comes out of it, as far as the checks ask. */
interface TemplateFunction {
  readonly returns: "string" | "number" | "unknown";
}

const of = (
  returns: TemplateFunction["returns"],
  ...names: readonly string[]
): readonly (readonly [string, TemplateFunction])[] => names.map((name) => [name, { returns }]);

/**
 * The functions that a template of an alert may call. Sources: Prometheus, Template reference, "Functions"; Go, package
 * text/template, "Functions".
 */
export const templateFunctions: ReadonlyMap<string, TemplateFunction> = new Map([
  ...of("string", "title", "toUpper", "toLower", "reReplaceAll", "graphLink", "tableLink", "stripPort", "stripDomain"),
  ...of("string", "humanize", "humanize1024", "humanizeDuration", "humanizePercentage", "humanizeTimestamp"),
  ...of("string", "pathPrefix", "externalURL", "label", "strvalue", "urlQueryEscape"),
  ...of("string", "print", "printf", "println", "html", "js", "urlquery"),
  ...of("number", "value", "parseDuration", "now"),
  ...of("unknown", "query", "first", "sortByLabel", "args", "match", "safeHtml", "toTime", "toDuration"),
  ...of("unknown", "and", "or", "not", "len", "index", "slice", "call", "eq", "ne", "lt", "le", "gt", "ge"),
]);

/** The variables that Prometheus puts before every template of an alert (Prometheus: alerting rules, "Templating"). */
export const templateVariables: readonly string[] = ["labels", "externalLabels", "externalURL", "value"];

/** The fields of what a template of an alert is about. */
export const templateFields: readonly string[] = ["Labels", "ExternalLabels", "ExternalURL", "Value"];
