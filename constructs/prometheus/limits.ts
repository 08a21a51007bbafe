/**
 * What Amazon Managed Service for Prometheus (AMP) accepts of alert rules.
 * Sources: AMP user guide, "Service quotas"; AMP API reference, CreateRuleGroupsNamespace and RuleGroupsNamespaceDescription.
 */
export const ampLimits = {
  /** Bytes of one rule file. Quota "Rule group namespace definition file size", 1 megabyte; not adjustable. */
  ruleFileBytes: 1_000_000,
  /** Rules of all files of a workspace together. Quota "Rules per workspace"; adjustable. */
  rulesPerWorkspace: 2000,
  /** Seconds between two evaluations of a group, at the least. Quota "Rule evaluation interval"; adjustable. */
  evaluationIntervalSeconds: 30,
  /** Characters of a namespace's name (RuleGroupsNamespaceDescription, `name`). */
  namespaceNameLength: 128,
  /** UTF-8 bytes of a namespace's name and one of its groups' names together (CreateRuleGroupsNamespace). */
  namespaceAndGroupNameBytes: 721,
} as const;
