import { stringify } from "yaml";

/** A configuration as YAML below a line that says what it is. No line is folded, so that a difference shows what changed. */
export const collectorYaml = (title: string, config: object): string =>
  `# ${title}, generated from the catalog.\n${stringify(config, { lineWidth: 0, aliasDuplicateObjects: false })}`;
