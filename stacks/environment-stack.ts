import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { DatadogProvider } from "@cdktf/provider-datadog/lib/provider";
import { PagerdutyProvider } from "@cdktf/provider-pagerduty/lib/provider";
import { propertyAccess, type TerraformStack, Token } from "cdktf";
import { Construct } from "constructs";
import { Alertmanager } from "../constructs/alertmanager/alertmanager";
import { CloudwatchAlarms } from "../constructs/cloudwatch/alarms";
import { CloudwatchLogs } from "../constructs/cloudwatch/logs";
import { DatadogDowntimes } from "../constructs/datadog/downtimes";
import { DatadogMonitors } from "../constructs/datadog/monitors";
import { Elasticsearch } from "../constructs/elasticsearch/elasticsearch";
import { Grafana } from "../constructs/grafana/grafana";
import { Kibana } from "../constructs/kibana/kibana";
import { EventOrchestration } from "../constructs/pagerduty/event-orchestration";
import { pagerDutyServices } from "../constructs/pagerduty/service";
import { AmazonManagedPrometheus } from "../constructs/prometheus/amp";
import type { Catalog } from "../model/catalog";
import type { Environment } from "../model/environment";
import type { EnvironmentEstate } from "../model/estate";
import { ElasticstackProvider } from "../providers/elasticstack/provider";
import { GrafanaProvider } from "../providers/grafana/provider";
import { remoteState } from "./backend";
import { EstateStack } from "./estate-stack";
import { addMoves } from "./moves";
import { onCallState, serviceIdsOutput } from "./on-call-stack";

/** Everything that watches one environment. */
export class EnvironmentStack extends EstateStack {
  constructor(scope: Construct, catalog: Catalog, estate: EnvironmentEstate) {
    const { environment } = estate;
    super(scope, { organization: catalog.organization, stack: environment.name, state: environment.state });
    addProviders(new Construct(this, "providers"), environment);

    const { routingKey } = new EventOrchestration(this, "pagerduty", estate, pagerDutyServiceIds(this, catalog));
    new CloudwatchLogs(this, "cloudwatch", estate);
    new CloudwatchAlarms(this, "cloudwatch-alarms", estate, { routingKey });
    new DatadogMonitors(this, "datadog", estate, { routingKey });
    new DatadogDowntimes(this, "datadog-downtimes", estate);
    const { workspace } = new AmazonManagedPrometheus(this, "prometheus", estate);
    new Alertmanager(this, "alertmanager", estate, { workspace, routingKey });
    new Grafana(this, "grafana", estate, { prometheusUrl: workspace.prometheusEndpoint, routingKey });
    new Elasticsearch(this, "elasticsearch", estate);
    new Kibana(this, "kibana", estate, { routingKey });
    addMoves(this, catalog.services);
  }
}

/**
 * No provider is given a credential: each reads its own environment variables (AWS_*, DD_API_KEY and DD_APP_KEY, PAGERDUTY_TOKEN,
 * GRAFANA_AUTH, ELASTICSEARCH_API_KEY, KIBANA_API_KEY), so that none is in a file.
 */
function addProviders(scope: Construct, { account, region, datadog, grafana, elastic }: Environment): void {
  new AwsProvider(scope, "aws", {
    region,
    // A plan with another account's credentials fails instead of creating the estate there.
    allowedAccountIds: [account],
    defaultTags: [{ tags: { "managed-by": "terraform" } }],
  });
  new DatadogProvider(scope, "datadog", { apiUrl: datadog });
  new GrafanaProvider(scope, "grafana", { url: grafana });
  if (elastic !== undefined)
    new ElasticstackProvider(scope, "elasticstack", {
      elasticsearch: { endpoints: [...elastic.elasticsearch] },
      kibana: { endpoints: [elastic.kibana] },
    });
  new PagerdutyProvider(scope, "pagerduty");
}

/** The PagerDuty ids of every service, and of the one for alerts that no service claims, out of the on-call stack's state. */
function pagerDutyServiceIds(stack: TerraformStack, catalog: Catalog): Readonly<Record<string, string>> {
  const ids = remoteState(stack, "on-call", onCallState(catalog)).get(serviceIdsOutput);
  return Object.fromEntries(
    pagerDutyServices(catalog).map(({ name }) => [name, Token.asString(propertyAccess(ids, [name]))]),
  );
}
