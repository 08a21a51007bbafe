import { type SensitivePattern, sensitivePatterns } from "../../model/redaction";
import { type AttributeRedaction, attributeRedactions, commonAttributes } from "../../model/span-attribute";
import type { DefiniteTracing } from "../../model/tracing";
import type { AttributeAction, Processors } from "./components";
import { collectorLiteral, ottlString } from "./escape";

/** What stands in place of a masked value; not its length, which says something too. */
const masked = "[masked]";

function actionOf({ name, redaction }: AttributeRedaction): AttributeAction {
  switch (redaction) {
    case "drop":
      return { key: name, action: "delete" };
    case "hash":
      return { key: name, action: "hash" };
    case "mask":
      // `update` and not `upsert`: a span without the attribute does not get one.
      return { key: name, action: "update", value: masked };
  }
}

const replacements = ({ name, pattern }: SensitivePattern): { readonly values: string; readonly rest: string } => {
  const found = collectorLiteral(ottlString(pattern));
  const instead = collectorLiteral(ottlString(`[${name}]`));
  return { values: `"value", ${found}, ${instead}`, rest: `${found}, ${instead}` };
};

/**
 * The processors that take out of spans what must not be stored: attributes by name, and whatever looks like a secret or a person's address in
 * any text of a span or its events (an exception's message quotes what a user typed).
 * Sources: contrib, attributesprocessor and transformprocessor; pkg/ottl, functions `replace_all_patterns` and `replace_pattern`.
 */
export function redactionProcessors(
  traced: readonly DefiniteTracing[],
): Pick<Processors, "attributes/personal" | "transform/sensitive"> {
  const found = sensitivePatterns.map(replacements);
  const inAttributes = found.map(({ values }) => `replace_all_patterns(attributes, ${values})`);
  return {
    "attributes/personal": {
      actions: attributeRedactions([...commonAttributes, ...traced.flatMap(({ attributes }) => attributes)]).map(
        actionOf,
      ),
    },
    "transform/sensitive": {
      error_mode: "ignore",
      trace_statements: [
        {
          context: "span",
          statements: [
            ...inAttributes,
            ...found.flatMap(({ rest }) => [
              `replace_pattern(name, ${rest})`,
              `replace_pattern(status.message, ${rest})`,
            ]),
          ],
        },
        { context: "spanevent", statements: inAttributes },
      ],
    },
  };
}
