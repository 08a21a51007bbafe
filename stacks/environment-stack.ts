import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { DatadogProvider } from "@cdktf/provider-datadog/lib/provider";
import { PagerdutyProvider } from "@cdktf/provider-pagerduty/lib/provider";
import { propertyAccess, TerraformOutput, Token } from "cdktf";
import { Construct } from "constructs";
import { Alertmanager } from "../constructs/alertmanager/alertmanager";
import { CloudwatchAlarms } from "../constructs/cloudwatch/alarms";
import { CloudwatchLogArchive } from "../constructs/cloudwatch/log-archive";
import { LogReaders } from "../constructs/cloudwatch/log-readers";
import { CloudwatchLogs } from "../constructs/cloudwatch/logs";
import { DatadogAccessRoles } from "../constructs/datadog/access-roles";
import { DatadogDowntimes } from "../constructs/datadog/downtimes";
import { DatadogLogs } from "../constructs/datadog/logs/logs";
import { DatadogMonitors } from "../constructs/datadog/monitors";
import { Elasticsearch } from "../constructs/elasticsearch/elasticsearch";
import { Grafana } from "../constructs/grafana/grafana";
import { HealthProbes } from "../constructs/health/probes";
import { AccessRoles } from "../constructs/iam/access-roles";
import { Kibana } from "../constructs/kibana/kibana";
import { OpenTelemetry } from "../constructs/opentelemetry/opentelemetry";
import { OpsgenieEnvironment } from "../constructs/opsgenie/environment";
import { EventOrchestration } from "../constructs/pagerduty/event-orchestration";
import { pagerDutyServices } from "../constructs/pagerduty/service";
import { AmazonManagedPrometheus } from "../constructs/prometheus/amp";
import { RuntimeConfiguration } from "../constructs/runtime-configuration/runtime-configuration";
import { SentryEnvironment, type SentryEnvironmentOptions } from "../constructs/sentry/environment";
import { sentryProjects } from "../constructs/sentry/project";
import { Xray } from "../constructs/xray/xray";
import type { Catalog } from "../model/catalog";
import type { Environment } from "../model/environment";
import type { Sentry } from "../model/error-tracking";
import type { EnvironmentEstate } from "../model/estate";
import { never } from "../model/result";
import { ElasticstackProvider } from "../providers/elasticstack/provider";
import { GrafanaProvider } from "../providers/grafana/provider";
import { SentryProvider } from "../providers/sentry/provider";
import { remoteState } from "./backend";
import { EstateStack } from "./estate-stack";
import { addMoves } from "./moves";
import { onCallState, opsgenieTeamIdsOutput, sentryTeamsOutput, serviceIdsOutput } from "./on-call-stack";
import { addOpsgenieProvider } from "./opsgenie-provider";

/** Output that maps a service's name to the DSN that its SDK sends this environment's errors to. */
export const sentryDsnsOutput = "sentry_dsns";

/** Everything that watches one environment. */
export class EnvironmentStack extends EstateStack {
  constructor(scope: Construct, catalog: Catalog, estate: EnvironmentEstate) {
    const { environment } = estate;
    super(scope, { organization: catalog.organization, stack: environment.name, state: environment.state });
    const { sentry } = catalog;
    const providers = new Construct(this, "providers");
    addProviders(providers, environment, sentry);

    const onCall = remoteState(this, "on-call", onCallState(catalog));
    const { routingKey, pagerKey } = addPager(this, providers, catalog, estate, onCall);
    const { groups: logGroups, key } = new CloudwatchLogs(this, "cloudwatch", estate);
    new CloudwatchLogArchive(this, "log-archive", estate, { logGroups, key });
    new LogReaders(this, "log-readers", estate, { key });
    const { topics } = new CloudwatchAlarms(this, "cloudwatch-alarms", estate, { routingKey });
    new DatadogMonitors(this, "datadog", estate, { routingKey });
    new DatadogDowntimes(this, "datadog-downtimes", estate);
    new DatadogLogs(this, "datadog-logs", estate);
    new DatadogAccessRoles(this, "datadog-access", estate);
    const { workspace } = new AmazonManagedPrometheus(this, "prometheus", estate, { logsKey: key });
    new Alertmanager(this, "alertmanager", estate, { workspace, pagerKey });
    new OpenTelemetry(this, "opentelemetry", estate, { prometheusUrl: workspace.prometheusEndpoint });
    new Xray(this, "xray", estate);
    const { grafanaKey: elasticsearchKey } = new Elasticsearch(this, "elasticsearch", estate);
    new Grafana(this, "grafana", estate, {
      prometheusUrl: workspace.prometheusEndpoint,
      routingKey,
      elasticsearchKey,
    });
    new Kibana(this, "kibana", estate, { routingKey });
    new AccessRoles(this, "access", estate, { workspaceArn: workspace.arn });
    new HealthProbes(this, "health", estate, { routingKey, topics });
    const sentryDsns =
      sentry === undefined
        ? undefined
        : addSentry(this, estate, { sentry, routingKey, teamIds: sentryTeamIds(onCall, catalog) });
    new RuntimeConfiguration(this, "runtime-configuration", estate, sentryDsns === undefined ? {} : { sentryDsns });
    addMoves(this, catalog.services);
  }
}

/**
 * No provider is given a credential: each reads its own environment variables (AWS_*, DD_API_KEY and DD_APP_KEY, PAGERDUTY_TOKEN,
 * GRAFANA_AUTH, SENTRY_AUTH_TOKEN, ELASTICSEARCH_USERNAME and ELASTICSEARCH_PASSWORD), so that none is in a file. Elasticsearch needs a user: a key cannot make
 * the key that Grafana reads with ("Create API key API": a derived key has no privileges).
 */
function addProviders(
  scope: Construct,
  { account, region, datadog, grafana, elastic }: Environment,
  sentry: Sentry | undefined,
): void {
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
  if (sentry !== undefined) new SentryProvider(scope, "sentry", { baseUrl: sentry.api });
}

/** What Sentry has of an environment; yields the DSN of each service, which its SDK sends to. */
function addSentry(
  stack: EnvironmentStack,
  estate: EnvironmentEstate,
  options: SentryEnvironmentOptions,
): Readonly<Record<string, string>> {
  const { dsns } = new SentryEnvironment(stack, "sentry", estate, options);
  new TerraformOutput(stack, sentryDsnsOutput, { value: dsns, sensitive: true, staticId: true });
  return dsns;
}

/** The state of the on-call stack. */
type OnCallState = ReturnType<typeof remoteState>;

/** Values of a map that the on-call stack puts out, for the names that it has. */
function namedIn(state: OnCallState, output: string, names: readonly string[]): Readonly<Record<string, string>> {
  const values = state.get(output);
  return Object.fromEntries(names.map((name) => [name, Token.asString(propertyAccess(values, [name]))]));
}

/** What senders call the pager by. */
interface PagerKeys {
  /** PagerDuty's alone: those who know it by name use it. */
  readonly routingKey: string | undefined;
  /** The key of whichever was chosen. */
  readonly pagerKey: string;
}

/** The environment's way into the pager that the catalog has chosen. */
function addPager(
  stack: EnvironmentStack,
  providers: Construct,
  catalog: Catalog,
  estate: EnvironmentEstate,
  onCall: OnCallState,
): PagerKeys {
  const { pager, opsgenieRegion, support } = catalog.onCall;
  switch (pager) {
    case "pagerduty": {
      new PagerdutyProvider(providers, "pagerduty");
      const { routingKey } = new EventOrchestration(stack, "pagerduty", estate, pagerDutyServiceIds(onCall, catalog));
      return { routingKey, pagerKey: routingKey };
    }
    case "opsgenie": {
      addOpsgenieProvider(providers, opsgenieRegion);
      const supportId = Token.asString(propertyAccess(onCall.get(opsgenieTeamIdsOutput), [support]));
      const { apiKey } = new OpsgenieEnvironment(stack, "opsgenie", estate, { supportId });
      return { routingKey: undefined, pagerKey: apiKey };
    }
    default:
      return never(pager);
  }
}

/** The PagerDuty ids of every service, and of the one for alerts that no service claims, out of the on-call stack's state. */
const pagerDutyServiceIds = (state: OnCallState, catalog: Catalog): Readonly<Record<string, string>> =>
  namedIn(
    state,
    serviceIdsOutput,
    pagerDutyServices(catalog).map(({ name }) => name),
  );

/** The internal ids of Sentry's teams, out of the on-call stack's state. */
const sentryTeamIds = (state: OnCallState, catalog: Catalog): Readonly<Record<string, string>> =>
  namedIn(state, sentryTeamsOutput, [...new Set(sentryProjects(catalog).map(({ team }) => team))]);
