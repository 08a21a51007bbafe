import { Construct } from "constructs";
import { dashboardsOf } from "../../dashboards/grafana/service";
import type { Environment } from "../../model/environment";
import type { EnvironmentEstate } from "../../model/estate";
import { grafanaUid } from "../../model/grafana-uid";
import { checked } from "../../model/result";
import { Dashboard } from "../../providers/grafana/dashboard";
import { DataSource } from "../../providers/grafana/data-source";
import { Folder } from "../../providers/grafana/folder";
import { literal } from "../terraform/literal";
import { GrafanaAlertRules } from "./alert-rules";
import { canonicalJson } from "./canonical-json";
import { cloudwatchSource, type DataSource as DataSourceValue, prometheusSource } from "./data-sources";
import { elasticsearchSource } from "./elasticsearch-source";
import { GrafanaFolderAccess } from "./folder-access";
import { dashboardUid, renderDashboard } from "./render-dashboard";
import { traceSources } from "./trace-sources";
import { teamsWithFolder } from "./uid-conflicts";

export interface GrafanaOptions {
  /** Query endpoint of the environment's Prometheus; may be a reference to a resource's attribute. */
  readonly prometheusUrl: string;
  /** Routing key of the environment's PagerDuty event orchestration, known only when it is deployed; none, where another pager was chosen. */
  readonly routingKey: string | undefined;
  /** Encoded key that reads the environment's logs in Elasticsearch, known only when it is deployed; none without Elasticsearch. */
  readonly elasticsearchKey: string | undefined;
}

const settingsOf = ({ type, uid, name, jsonData }: DataSourceValue) => ({
  type,
  uid,
  name: literal(name),
  jsonDataEncoded: literal(canonicalJson(jsonData)),
});

/** `backend` is shown as `Backend (prod)`. */
const folderTitle = (team: string, environment: string): string =>
  `${team.charAt(0).toUpperCase()}${team.slice(1)} (${environment})`;

/**
 * The provider refuses `httpHeaderName1` and `httpHeaderValue1` in the settings: it writes them itself, of `http_headers`.
 * Source: grafana/terraform-provider-grafana, grafana_data_source.
 */
function elasticsearchSources(
  scope: Construct,
  environment: Environment,
  key: string | undefined,
): readonly DataSource[] {
  const source = elasticsearchSource(environment);
  if (source === undefined || key === undefined) return [];
  const authorization = { Authorization: `ApiKey ${key}` };
  return [
    new DataSource(scope, "Elasticsearch", {
      ...settingsOf(source),
      url: literal(source.url),
      httpHeaders: authorization,
    }),
  ];
}

/**
 * Everything of an environment in Grafana: its data sources, a folder for every team that owns a service, every service's
 * dashboards and alert rules in its team's folder, and who may look into which. The Grafana provider is the stack's.
 *
 * Ids of what is not a service begin with a capital, which no service's name does.
 */
export class Grafana extends Construct {
  constructor(
    scope: Construct,
    id: string,
    estate: EnvironmentEstate,
    { prometheusUrl, routingKey, elasticsearchKey }: GrafanaOptions,
  ) {
    super(scope, id);
    const { environment } = estate;
    const dataSources = [
      new DataSource(this, "Prometheus", { ...settingsOf(prometheusSource(environment)), url: prometheusUrl }),
      new DataSource(this, "CloudWatch", settingsOf(cloudwatchSource(environment))),
      ...traceSources(environment).map(
        (source) =>
          new DataSource(this, source.id, {
            ...settingsOf(source),
            ...(source.url === undefined ? {} : { url: literal(source.url) }),
          }),
      ),
      ...elasticsearchSources(this, environment, elasticsearchKey),
    ];

    const folders = new Map(
      teamsWithFolder(estate).map((team) => [
        team.name,
        new Folder(this, `Folder-${team.name}`, {
          uid: grafanaUid(environment.name, team.name),
          title: literal(folderTitle(team.name, environment.name)),
          // People may have put dashboards of their own there; leaving a team without services must not delete them.
          preventDestroyIfNotEmpty: true,
        }).uid,
      ]),
    );

    new GrafanaAlertRules(this, "Alerts", estate, { folders, dataSources, routingKey });

    const dashboards = new Map<string, string>();
    for (const service of estate.services) {
      const own = new Construct(this, service.service.name);
      const folder = folders.get(service.team.name);
      for (const dashboard of dashboardsOf(service.service)) {
        const uid = dashboardUid(dashboard, service);
        const { uid: reference } = new Dashboard(own, dashboard.key, {
          configJson: literal(checked(renderDashboard(dashboard, service))),
          ...(folder === undefined ? {} : { folder }),
          // The estate is what is true: a change made by hand in Grafana is replaced, not a reason to stop.
          overwrite: true,
        });
        dashboards.set(uid, reference);
      }
    }

    new GrafanaFolderAccess(this, "Access", estate, { folders, dashboards });
  }
}
