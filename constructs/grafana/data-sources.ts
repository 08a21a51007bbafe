import type { Environment } from "../../model/environment";
import { grafanaUid } from "../../model/grafana-uid";

/** How a panel or query names its data source: by the uid; the type is for people and for Grafana's editor. */
export interface DataSourceRef {
  readonly type: string;
  readonly uid: string;
}

/** Settings of a data source, as its plugin names them. */
export type JsonData = { readonly [name: string]: string | boolean | JsonData | readonly JsonData[] };

/** A data source of one environment, but for its address. */
export interface DataSource extends DataSourceRef {
  /** Unique in the whole Grafana, which may hold several environments. */
  readonly name: string;
  readonly jsonData: JsonData;
}

/**
 * The environment's Amazon Managed Prometheus workspace, asked with the credentials that Grafana itself runs with.
 *
 * The plugin is AWS' own: the core `prometheus` data source has SigV4 deprecated, and Grafana 13 turns such a data source into this
 * one on its next start, which Terraform would undo with every plan. Grafana 12 and older need the plugin installed.
 * `POST` takes queries longer than a URL; rules are managed here, not in Grafana's alerting page. Product and version
 * (`prometheusType`, `prometheusVersion`) are left out: the one does nothing without the other, and AMP has no version.
 * Source: Grafana documentation, "Connect to Amazon Managed Service for Prometheus" and "Configure the Prometheus data source".
 */
export const prometheusSource = ({ name, region }: Pick<Environment, "name" | "region">): DataSource => ({
  type: "grafana-amazonprometheus-datasource",
  uid: grafanaUid(name, "prometheus"),
  name: `Prometheus (${name})`,
  jsonData: {
    httpMethod: "POST",
    manageAlerts: false,
    sigV4Auth: true,
    sigV4AuthType: "default",
    sigV4Region: region,
  },
});

/** The uid of an environment's X-Ray, by which its logs lead to traces. */
export const xrayUid = (environment: string): string => grafanaUid(environment, "xray");

/** The uid of an environment's Elasticsearch, by which its traces lead to logs. */
export const elasticsearchUid = (environment: string): string => grafanaUid(environment, "elasticsearch");

/**
 * CloudWatch of the environment's account and region. Where traces go to X-Ray, a log event with `@xrayTraceId` leads to its trace.
 * Source: Grafana documentation, "Configure CloudWatch".
 */
export const cloudwatchSource = ({
  name,
  region,
  tracing,
}: Pick<Environment, "name" | "region" | "tracing">): DataSource => ({
  type: "cloudwatch",
  uid: grafanaUid(name, "cloudwatch"),
  name: `CloudWatch (${name})`,
  jsonData: {
    authType: "default",
    defaultRegion: region,
    ...(tracing?.backends.includes("xray") === true ? { tracingDatasourceUid: xrayUid(name) } : {}),
  },
});

/** What a panel names whose queries go to several data sources (Grafana documentation, "Special data sources"). */
export const mixedSource: DataSourceRef = { type: "datasource", uid: "-- Mixed --" };

/** The reference to a data source alone. */
export const refTo = ({ type, uid }: DataSourceRef): { type: string; uid: string } => ({ type, uid });
