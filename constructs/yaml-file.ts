import { stringify } from "yaml";

/**
 * A configuration as YAML below a line that says what it is. It is YAML 1.1, as the readers of Go's programs take it: there `03:00` or `on`
 * without quotes is no text. No line is folded, so that a difference shows what changed, and nothing is written as an alias.
 */
export const yamlFile = (heading: string, content: object): string =>
  `# ${heading}\n${stringify(content, { lineWidth: 0, version: "1.1", aliasDuplicateObjects: false })}`;
