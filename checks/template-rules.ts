import type { TemplateCheck } from "../languages/go-template/check";
import { familyOf } from "./promql-rules";
import type { Rule } from "./rule";

export type TemplateRuleName = TemplateCheck | "syntax" | "dropped-label";

const checks = {
  "dropped-label": [
    "error",
    "warning",
    "A label that the expression does not keep leaves a hole in the text of the page.",
    "keep the label in the aggregation of the expression, or take it out of the text",
  ],
  field: [
    "error",
    "error",
    "A field that does not exist puts the error of the template into the page, in place of the text.",
    "use .Labels, .Value, $labels.<label> or $value",
  ],
  format: [
    "warning",
    "warning",
    "A verb that does not fit its value prints %!d(float64=0.5) at whoever is woken.",
    "use a verb that fits: %.2f for the value, %s for labels and for what humanize returns",
  ],
  "not-in-braces": [
    "warning",
    "warning",
    "A variable outside of braces is printed as it is written.",
    "put it in braces, as in {{ $labels.instance }}",
  ],
  syntax: [
    "error",
    "error",
    "A template that does not parse is refused by Prometheus, and with it the whole rule file.",
    "correct the template",
  ],
  "value-in-label": [
    "error",
    "warning",
    "An alert is known by its labels: one that holds the value is another alert at each evaluation, which never holds for long.",
    "put the value into an annotation",
  ],
} as const satisfies Readonly<Record<TemplateRuleName, readonly [Rule["level"], Rule["level"], string, string]>>;

/** The rule of a check of templates. */
export const templateRule = familyOf<TemplateRuleName>("template", checks);

const isName = (name: string): name is TemplateRuleName => Object.hasOwn(checks, name);

/** Every rule of this family. */
export const rules: readonly Rule[] = Object.keys(checks).filter(isName).map(templateRule);
