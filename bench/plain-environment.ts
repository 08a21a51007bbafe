import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { PrometheusQueryLoggingConfiguration } from "@cdktf/provider-aws/lib/prometheus-query-logging-configuration";
import { PrometheusWorkspace } from "@cdktf/provider-aws/lib/prometheus-workspace";
import { PrometheusWorkspaceConfiguration } from "@cdktf/provider-aws/lib/prometheus-workspace-configuration";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { IntegrationPagerdutyServiceObject } from "@cdktf/provider-datadog/lib/integration-pagerduty-service-object";
import { DatadogProvider } from "@cdktf/provider-datadog/lib/provider";
import { EventOrchestration } from "@cdktf/provider-pagerduty/lib/event-orchestration";
import { EventOrchestrationGlobal } from "@cdktf/provider-pagerduty/lib/event-orchestration-global";
import { EventOrchestrationIntegrationA } from "@cdktf/provider-pagerduty/lib/event-orchestration-integration";
import { EventOrchestrationRouter } from "@cdktf/provider-pagerduty/lib/event-orchestration-router";
import { PagerdutyProvider } from "@cdktf/provider-pagerduty/lib/provider";
import {
  type App,
  DataTerraformRemoteStateLocal,
  Fn,
  LocalBackend,
  propertyAccess,
  TerraformStack,
  Token,
} from "cdktf";
import type { Environment } from "../model/environment";
import { DataSource } from "../providers/grafana/data-source";
import { Folder } from "../providers/grafana/folder";
import { GrafanaProvider } from "../providers/grafana/provider";
import type { PlainService } from "./plain-inputs";

/** Titles of the folders; a plain author would write them out. */
const folderTitles = { backend: "Backend", analytics: "Analytics", platform: "Platform" } as const;

const keyPolicy = ({ account, region }: Environment): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "AdministrationThroughIam",
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${account}:root` },
        Action: "kms:*",
        Resource: "*",
      },
      {
        Sid: "CloudWatchLogsOfThisAccount",
        Effect: "Allow",
        Principal: { Service: `logs.${region}.amazonaws.com` },
        Action: ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
        Resource: "*",
        Condition: {
          ArnLike: { "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:${region}:${account}:log-group:*` },
        },
      },
    ],
  });

function encryptionKey(stack: TerraformStack, environment: Environment): KmsKey {
  const { name } = environment;
  const key = new KmsKey(stack, "key", {
    description: `Encrypts the logs of ${name}`,
    enableKeyRotation: true,
    deletionWindowInDays: 30,
    policy: keyPolicy(environment),
    tags: { environment: name },
  });
  new KmsAlias(stack, "alias", { name: `alias/${name}-logs`, targetKeyId: key.keyId });
  return key;
}

const hasTag = (tag: string): { expression: string } => ({
  expression: `event.custom_details.tags matches regex '(?:^|[ ,"])${tag}(?:$|[ ,"])'`,
});

const severities = [
  ["SEV-1", "critical", "warning"],
  ["SEV-2", "error", "warning"],
  ["SEV-3", "warning", "warning"],
  ["SEV-4", "info", "info"],
] as const;

function orchestration(stack: TerraformStack, environment: Environment, services: readonly PlainService[]): string {
  const { name, production } = environment;
  const remote = new DataTerraformRemoteStateLocal(stack, "on-call", { path: "../../../terraform.on-call.tfstate" });
  const ids = remote.get("pagerduty_service_ids");
  const idOf = (service: string): string => Token.asString(propertyAccess(ids, [service]));
  const eventOrchestration = new EventOrchestration(stack, "orchestration", {
    name,
    description: `Events of the environment ${name}, from all senders`,
  }).id;
  const integration = new EventOrchestrationIntegrationA(stack, "integration", {
    eventOrchestration,
    label: "All senders",
  });
  new EventOrchestrationGlobal(stack, "severity", {
    eventOrchestration,
    set: [
      {
        id: "start",
        rule: [
          ...severities.map(([severity, word, elsewhere]) => ({
            label: `Tagged ${severity}`,
            condition: [hasTag(`severity:${severity}`), hasTag(`severity:${word}`)],
            actions: { severity: production ? word : elsewhere },
          })),
          ...(production
            ? []
            : [
                {
                  label: "Nothing pages outside production",
                  condition: [{ expression: "not event.severity matches exactly 'info'" }],
                  actions: { severity: "warning" },
                },
              ]),
        ],
      },
    ],
    catchAll: { actions: {} },
  });
  new EventOrchestrationRouter(stack, "router", {
    eventOrchestration,
    set: {
      id: "start",
      rule: services.map((service) => ({
        label: `Events of ${service.name}`,
        condition: [
          { expression: `event.component matches exactly '${service.name}'` },
          hasTag(`service:${service.name}`),
        ],
        actions: { routeTo: idOf(service.name) },
      })),
    },
    catchAll: { actions: { routeTo: idOf("Unrouted alerts") } },
  });
  return Token.asString(Fn.sensitive(integration.parameters.get(0).routingKey));
}

/** The stack of an environment with everything in it that is there once, whatever the number of services. */
export function plainEnvironment(app: App, environment: Environment, services: readonly PlainService[]) {
  const { name, account, region, datadog, grafana, production } = environment;
  const stack = new TerraformStack(app, name);
  stack.addOverride("terraform.required_version", ">= 1.10");
  new LocalBackend(stack, { path: `../../../terraform.${name}.tfstate` });
  new AwsProvider(stack, "aws", {
    region,
    allowedAccountIds: [account],
    defaultTags: [{ tags: { "managed-by": "terraform" } }],
  });
  new DatadogProvider(stack, "datadog", { apiUrl: datadog });
  new GrafanaProvider(stack, "grafana", { url: grafana });
  new PagerdutyProvider(stack, "pagerduty");

  const serviceKey = orchestration(stack, environment, services);
  new IntegrationPagerdutyServiceObject(stack, "integration-pagerduty", { serviceName: name, serviceKey });
  const key = production ? encryptionKey(stack, environment) : undefined;
  const monitorLogs = new CloudwatchLogGroup(stack, "workspace-logs", {
    name: `/aws/vendedlogs/prometheus/${name}`,
    retentionInDays: environment.retentionDays,
    deletionProtectionEnabled: production,
    tags: { environment: name },
    ...(key === undefined ? {} : { kmsKeyId: key.arn }),
  });
  const workspace = new PrometheusWorkspace(stack, "workspace", {
    alias: name,
    loggingConfiguration: { logGroupArn: `${monitorLogs.arn}:*` },
    tags: { environment: name },
  });
  new PrometheusQueryLoggingConfiguration(stack, "workspace-queries", {
    workspaceId: workspace.id,
    destination: [
      { cloudwatchLogs: [{ logGroupArn: `${monitorLogs.arn}:*` }], filters: [{ qspThreshold: 100_000_000 }] },
    ],
  });
  new PrometheusWorkspaceConfiguration(stack, "workspace-configuration", {
    workspaceId: workspace.id,
    retentionPeriodInDays: 150,
    limitsPerLabelSet: services.map((service) => ({
      labelSet: { job: service.name },
      limits: [{ maxSeries: 50_000 }],
    })),
  });
  new DataSource(stack, "prometheus", {
    type: "grafana-amazonprometheus-datasource",
    uid: `${name}-prometheus`,
    name: `Prometheus (${name})`,
    jsonDataEncoded: `{"httpMethod":"POST","manageAlerts":false,"sigV4Auth":true,"sigV4AuthType":"default","sigV4Region":"${region}"}`,
    url: workspace.prometheusEndpoint,
  });
  new DataSource(stack, "cloudwatch", {
    type: "cloudwatch",
    uid: `${name}-cloudwatch`,
    name: `CloudWatch (${name})`,
    jsonDataEncoded: `{"authType":"default","defaultRegion":"${region}"}`,
  });
  const folders = new Map(
    Object.entries(folderTitles).map(([team, title]) => [
      team,
      new Folder(stack, `folder-${team}`, {
        uid: `${name}-${team}`,
        title: `${title} (${name})`,
        preventDestroyIfNotEmpty: true,
      }),
    ]),
  );
  const folderOf = (team: string): { readonly folder?: string } => {
    const folder = folders.get(team);
    return folder === undefined ? {} : { folder: folder.uid };
  };
  return { stack, key, workspace, folderOf, routingKey: serviceKey };
}
