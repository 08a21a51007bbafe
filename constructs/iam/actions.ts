import type { Role } from "../../model/access";
import { logGroupReading, logQueryReading } from "./log-actions";

/** What an action is allowed on. Each scope is as narrow as IAM takes it for the actions in it. */
export type Scope =
  /** The log groups of the role's services. */
  | "log groups"
  /** Every alarm of the account in the region: what lists them takes nothing narrower. */
  | "all alarms"
  /** The alarms of the role's services, by the beginning of their names. */
  | "alarms"
  /** The environment's workspace of Amazon Managed Prometheus. */
  | "workspace"
  /** The rule group namespaces of the account's workspaces. */
  | "rule groups"
  /** CloudWatch dashboards whose names begin with the environment and the team. */
  | "team dashboards"
  /** The environment's topics. */
  | "topics"
  /** Whatever there is in the region: IAM knows no resource for these actions. */
  | "region";

/** Actions of a role on one scope. */
export interface Permission {
  /** Statement's id: letters and digits, unique within a policy. */
  readonly id: string;
  readonly actions: readonly string[];
  readonly scope: Scope;
}

/**
 * Actions that name no resource in IAM, and so must be allowed on all.
 * Source: AWS Service Authorization Reference, Amazon CloudWatch and Amazon CloudWatch Logs, "Actions defined by": no resource type, or for
 * `GetMetricData` and `ListMetrics` none but a dataset, which metrics of services are not in.
 */
export const withoutResource: readonly string[] = [
  "cloudwatch:GetMetricData",
  "cloudwatch:GetMetricStatistics",
  "cloudwatch:ListDashboards",
  "cloudwatch:ListMetrics",
  "logs:DeleteQueryDefinition",
  "logs:DescribeLogGroups",
  "logs:DescribeResourcePolicies",
  "logs:PutQueryDefinition",
  ...logQueryReading,
];

const listing: readonly Permission[] = [
  { id: "ListLogGroups", actions: ["logs:DescribeLogGroups"], scope: "region" },
  { id: "ListAlarms", actions: ["cloudwatch:DescribeAlarms"], scope: "all alarms" },
];

const reading: readonly Permission[] = [
  ...listing,
  { id: "ReadLogs", actions: logGroupReading, scope: "log groups" },
  {
    id: "ReadQueriesAndMetrics",
    actions: [
      "cloudwatch:GetMetricData",
      "cloudwatch:GetMetricStatistics",
      "cloudwatch:ListMetrics",
      ...logQueryReading,
    ],
    scope: "region",
  },
  { id: "ReadAlarmHistory", actions: ["cloudwatch:DescribeAlarmHistory"], scope: "alarms" },
  {
    id: "QueryPrometheus",
    actions: [
      "aps:GetLabels",
      "aps:GetMetricMetadata",
      "aps:GetSeries",
      "aps:ListAlertManagerAlerts",
      "aps:ListAlertManagerSilences",
      "aps:ListAlerts",
      "aps:ListRules",
      "aps:QueryMetrics",
    ],
    scope: "workspace",
  },
];

/**
 * What each role may do. Each action, and the type of resource that its scope names: AWS Service Authorization Reference, Amazon CloudWatch,
 * Amazon CloudWatch Logs, Amazon Managed Service for Prometheus and Amazon SNS, "Actions defined by". Nobody may change what wakes
 * people: that is the catalog's.
 */
export const permissions: Readonly<Record<Role, readonly Permission[]>> = {
  viewer: reading,
  editor: [
    ...reading,
    {
      id: "EditDashboards",
      actions: ["cloudwatch:DeleteDashboards", "cloudwatch:GetDashboard", "cloudwatch:PutDashboard"],
      scope: "team dashboards",
    },
    {
      id: "EditQueries",
      actions: ["cloudwatch:ListDashboards", "logs:DeleteQueryDefinition", "logs:PutQueryDefinition"],
      scope: "region",
    },
  ],
  "on-call": [
    ...reading,
    {
      id: "SwitchAlarmActions",
      actions: ["cloudwatch:DisableAlarmActions", "cloudwatch:EnableAlarmActions"],
      scope: "alarms",
    },
    {
      id: "SilenceAlerts",
      actions: ["aps:DeleteAlertManagerSilence", "aps:GetAlertManagerSilence", "aps:PutAlertManagerSilences"],
      scope: "workspace",
    },
  ],
  auditor: [
    ...listing,
    {
      id: "AuditLogGroups",
      actions: ["logs:DescribeMetricFilters", "logs:DescribeSubscriptionFilters", "logs:ListTagsForResource"],
      scope: "log groups",
    },
    {
      id: "AuditLogAccess",
      actions: ["logs:DescribeQueryDefinitions", "logs:DescribeResourcePolicies"],
      scope: "region",
    },
    {
      id: "AuditPrometheus",
      actions: ["aps:DescribeAlertManagerDefinition", "aps:DescribeWorkspace", "aps:ListRuleGroupsNamespaces"],
      scope: "workspace",
    },
    { id: "AuditRules", actions: ["aps:DescribeRuleGroupsNamespace"], scope: "rule groups" },
    {
      id: "AuditTopics",
      actions: ["sns:GetTopicAttributes", "sns:ListSubscriptionsByTopic"],
      scope: "topics",
    },
  ],
};
