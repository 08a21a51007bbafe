import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import type { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { PrometheusQueryLoggingConfiguration } from "@cdktf/provider-aws/lib/prometheus-query-logging-configuration";
import { PrometheusRuleGroupNamespace } from "@cdktf/provider-aws/lib/prometheus-rule-group-namespace";
import { PrometheusWorkspace } from "@cdktf/provider-aws/lib/prometheus-workspace";
import { PrometheusWorkspaceConfiguration } from "@cdktf/provider-aws/lib/prometheus-workspace-configuration";
import { Construct } from "constructs";
import { seriesBudgetOf } from "../../model/cardinality";
import type { EnvironmentEstate } from "../../model/estate";
import { scrapesOf } from "../../model/service";
import { literal } from "../terraform/literal";
import { ruleFiles } from "./rule-file";

export interface AmazonManagedPrometheusOptions {
  /** Encrypts the environment's logs, where they are. */
  readonly logsKey: KmsKey | undefined;
}

/**
 * Samples that a query may read before it is logged: a hundred million, as many as a dashboard of a day over 10,000 series reads. Those are the
 * ones that cost, and that make others wait. Source: AMP user guide, "Query insights and control", query samples processed.
 */
const loggedQuerySamples = 100_000_000;

/**
 * An environment's workspace of Amazon Managed Service for Prometheus, with the alert rules of its services, how long it keeps metrics, and
 * a limit of active series for each service, its budget: what grows beyond it is refused alone, and nobody else's metrics with it. Rules that
 * fail and queries that cost are logged.
 *
 * Its collector (`aws_prometheus_scraper`) is not declared: it collects from EKS alone.
 */
export class AmazonManagedPrometheus extends Construct {
  /** Where metrics are written to and read from. */
  readonly workspace: PrometheusWorkspace;

  constructor(scope: Construct, id: string, estate: EnvironmentEstate, { logsKey }: AmazonManagedPrometheusOptions) {
    super(scope, id);
    const { name: environment } = estate.environment;
    const group = this.logGroup(estate, logsKey);
    // AWS wants every stream of the group.
    const logGroupArn = `${group.arn}:*`;
    // The underscore keeps the id apart from the services', whose names stand beside it and are in kebab-case.
    this.workspace = new PrometheusWorkspace(this, "amp_workspace", {
      alias: environment,
      loggingConfiguration: { logGroupArn },
      tags: { environment },
    });
    const workspaceId = this.workspace.id;
    new PrometheusQueryLoggingConfiguration(this, "query_logging", {
      workspaceId,
      destination: [{ cloudwatchLogs: [{ logGroupArn }], filters: [{ qspThreshold: loggedQuerySamples }] }],
    });
    new PrometheusWorkspaceConfiguration(this, "workspace_configuration", {
      workspaceId,
      retentionPeriodInDays: estate.environment.metricsRetention.workspaceDays,
      limitsPerLabelSet: estate.services
        .filter(({ service }) => scrapesOf(service).length > 0)
        .map(({ service }) => ({
          labelSet: { job: literal(service.name) },
          limits: [{ maxSeries: seriesBudgetOf(service) }],
        })),
    });
    for (const { service, namespace, content } of ruleFiles(estate)) {
      new PrometheusRuleGroupNamespace(new Construct(this, service.service.name), "rules", {
        name: namespace,
        workspaceId,
        data: literal(content),
        tags: service.tags,
      });
    }
  }

  /** Its name lets AWS deliver to it without a policy of its own. Source: CloudWatch Logs, "Logs sent to CloudWatch Logs", vended logs. */
  private logGroup({ environment }: EnvironmentEstate, key: KmsKey | undefined): CloudwatchLogGroup {
    const { name, production, retentionDays } = environment;
    return new CloudwatchLogGroup(this, "log_group", {
      name: literal(`/aws/vendedlogs/prometheus/${name}`),
      retentionInDays: retentionDays,
      deletionProtectionEnabled: production,
      tags: { environment: name },
      ...(key === undefined ? {} : { kmsKeyId: key.arn }),
    });
  }
}
