import { Document, isNode } from "yaml";
import type { AlertmanagerConfig } from "./config";

/**
 * A configuration as YAML, with the reason of every inhibition above it. It is YAML 1.1, as Alertmanager's reader takes it: there `03:00`
 * without quotes is a number. No line is folded, so that a diff shows what changed.
 */
export function configYaml(document: object, { inhibitions }: AlertmanagerConfig): string {
  const yaml = new Document(document, { version: "1.1", aliasDuplicateObjects: false });
  for (const [index, { reason }] of inhibitions.entries()) {
    const rule = yaml.getIn(["inhibit_rules", index], true);
    if (isNode(rule)) rule.commentBefore = ` ${reason}`;
  }
  // The version is known to whoever reads it; a directive is not expected.
  if (yaml.directives !== undefined) yaml.directives.yaml.explicit = false;
  return yaml.toString({ lineWidth: 0 });
}
