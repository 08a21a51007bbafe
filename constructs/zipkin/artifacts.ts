import type { Artifact } from "../../model/artifact";
import type { EnvironmentEstate } from "../../model/estate";
import type { Variable } from "../../model/runtime-configuration";
import { tracePipelineOf } from "../../model/trace-pipeline";
import { traceStorage } from "../../model/trace-storage";
import { tracedServices } from "../../model/tracing";
import { ports } from "../opentelemetry/ports";
import { envFile } from "../runtime-configuration/env-file";

/** Properties with the user and password of Elasticsearch, where the machine that runs Zipkin keeps them. */
const credentialsFile = "/etc/zipkin/secrets/elasticsearch.properties";

/**
 * What a Zipkin server is told. It stores all that it receives: what is kept the gateways decided.
 * Sources: openzipkin/zipkin, zipkin-server README, "Environment Variables" and "Elasticsearch Storage", and "UI" for `ZIPKIN_UI_ENVIRONMENT`: its
 * property `zipkin.ui.environment`, which Spring Boot reads from a variable too ("Externalized Configuration", relaxed binding).
 */
function zipkinVariables(estate: EnvironmentEstate): readonly Variable[] {
  const { environment } = estate;
  if (environment.tracing?.backends.includes("zipkin") !== true) return [];
  const { domain } = tracePipelineOf(environment.tracing, environment.name);
  return Object.entries({
    COLLECTOR_SAMPLE_RATE: "1.0",
    ES_CREDENTIALS_FILE: credentialsFile,
    ES_HOSTS: `https://elasticsearch.${domain}:9200`,
    ES_INDEX: `${environment.name}-zipkin`,
    ES_INDEX_REPLICAS: environment.production ? "1" : "0",
    ES_INDEX_SHARDS: String(traceStorage(tracedServices(estate)).shards),
    QUERY_PORT: String(ports.zipkin),
    STORAGE_TYPE: "elasticsearch",
    ZIPKIN_UI_ENVIRONMENT: environment.name,
  }).map(([name, value]) => ({ name, value }));
}

/** `zipkin/zipkin.env`, for those who run Zipkin; nothing where traces do not go to it. */
export function zipkinArtifacts(estate: EnvironmentEstate): readonly Artifact[] {
  const variables = zipkinVariables(estate);
  return variables.length === 0 ? [] : [{ path: "zipkin/zipkin.env", content: envFile(variables) }];
}
