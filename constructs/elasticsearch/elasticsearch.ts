import { TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { type DefiniteElastic, elasticOf } from "../../model/elastic";
import type { EnvironmentEstate } from "../../model/estate";
import { checked } from "../../model/result";
import { ElasticsearchComponentTemplate } from "../../providers/elasticstack/elasticsearch-component-template";
import { ElasticsearchDataStream } from "../../providers/elasticstack/elasticsearch-data-stream";
import { ElasticsearchIndexLifecycle } from "../../providers/elasticstack/elasticsearch-index-lifecycle";
import { ElasticsearchIndexTemplate } from "../../providers/elasticstack/elasticsearch-index-template";
import { ElasticsearchIngestPipeline } from "../../providers/elasticstack/elasticsearch-ingest-pipeline";
import { ElasticsearchLogstashPipeline } from "../../providers/elasticstack/elasticsearch-logstash-pipeline";
import { ElasticsearchSecurityApiKey } from "../../providers/elasticstack/elasticsearch-security-api-key";
import { ElasticsearchSecurityRole } from "../../providers/elasticstack/elasticsearch-security-role";
import { ElasticsearchSnapshotLifecycle } from "../../providers/elasticstack/elasticsearch-snapshot-lifecycle";
import { ElasticsearchSnapshotRepository } from "../../providers/elasticstack/elasticsearch-snapshot-repository";
import { literal } from "../terraform/literal";
import { type Capacity, capacityOf } from "./capacity";
import { hashes, ingestPipelineOf } from "./ingest-pipeline";
import { lifecycleOf } from "./lifecycle";
import { elasticsearchLimits } from "./limits";
import { logstashConfigOf, queueSize } from "./logstash";
import { logstashText } from "./logstash-config";
import { mappingsOf } from "./mapping";
import { readerRoles } from "./reader-key";
import { allStreams, logStreamsOf, namePart, sharedName } from "./stream";

/** Terraform variable with the salt of hashed fields, given as `TF_VAR_elasticsearch_hash_salt`, so that it is in no file. */
export const saltVariable = "elasticsearch_hash_salt";

/** Stands for the salt until the text around it is escaped; it occurs in no name. */
const saltHere = "<the salt>";

/** Above Elastic's own template for `logs-*-*`, which has 100. Source: Elasticsearch guide, "Index templates", "Avoid index pattern collisions". */
const templatePriority = 200;

/** Days that a snapshot is kept: it brings back a lost cluster, and is no archive. */
const snapshotDays = 14;

/**
 * The logs of an environment in Elasticsearch: a lifecycle, templates made of the log contracts, for each service a data stream and the pipeline that every event
 * passes on its way in, Logstash's pipeline, snapshots, the role of those that ship, and the key that Grafana reads with. Nothing, for an environment without Elasticsearch. The provider is the
 * stack's. Ids of what is not a service begin with a capital, which no service's name does.
 * @throws Error on what the checks refuse; they run first.
 */
export class Elasticsearch extends Construct {
  /** What Grafana sends in `Authorization: ApiKey`, known only when it is deployed; none without Elasticsearch. */
  readonly grafanaKey: string | undefined;

  constructor(scope: Construct, id: string, estate: EnvironmentEstate) {
    super(scope, id);
    const elastic = elasticOf(estate.environment);
    const capacity = capacityOf(estate);
    if (elastic === undefined || capacity === undefined) return;
    const shared = this.shared(estate, elastic);
    this.streams(estate, capacity, shared);
    this.logstash(estate, elastic, capacity);
    this.snapshots(estate.environment.name, elastic);
    this.shippers(estate.environment.name);
    this.grafanaKey = this.readers(estate.environment.name);
  }

  private shared(estate: EnvironmentEstate, elastic: DefiniteElastic): readonly string[] {
    const name = sharedName(estate.environment.name);
    const lifecycle = new ElasticsearchIndexLifecycle(this, "Lifecycle", { name, ...lifecycleOf(elastic) });
    const settings = new ElasticsearchComponentTemplate(this, "Settings", {
      name: `${name}-settings`,
      template: {
        settings: JSON.stringify({
          index: {
            codec: "best_compression",
            lifecycle: { name: lifecycle.name },
            number_of_replicas: String(elastic.replicas),
            query: { default_field: ["message"] },
            refresh_interval: "5s",
            // A value of another type is kept and not indexed; without it the whole event is refused.
            mapping: { ignore_malformed: "true", total_fields: { limit: String(elasticsearchLimits.totalFields) } },
          },
        }),
      },
    });
    const mappings = new ElasticsearchComponentTemplate(this, "Mappings", {
      name: `${name}-mappings`,
      template: {
        mappings: literal(
          JSON.stringify({
            dynamic: false,
            subobjects: false,
            properties: checked(mappingsOf(logStreamsOf(estate).map(({ contract }) => contract))),
          }),
        ),
      },
    });
    return [settings.name, mappings.name];
  }

  private streams(estate: EnvironmentEstate, capacity: Capacity, composedOf: readonly string[]): void {
    const streams = logStreamsOf(estate);
    const salt = streams.some(({ contract }) => hashes(contract)) ? this.salt() : "";
    for (const { stream, primaries } of capacity.streams) {
      const { name, contract } = stream;
      const own = new Construct(this, contract.service);
      const { processors, onFailure } = ingestPipelineOf(contract, saltHere);
      const json = (step: unknown): string => literal(JSON.stringify(step)).replaceAll(saltHere, () => salt);
      const pipeline = new ElasticsearchIngestPipeline(own, "pipeline", {
        name,
        description: literal(`Levels, sampling, redaction and time of what ${contract.service} logs`),
        processors: processors.map(json),
        onFailure: onFailure.map(json),
      });
      const template = new ElasticsearchIndexTemplate(own, "template", {
        name,
        indexPatterns: [name],
        composedOf: [...composedOf],
        priority: templatePriority,
        dataStream: {},
        template: {
          settings: JSON.stringify({ index: { default_pipeline: pipeline.name, number_of_shards: String(primaries) } }),
        },
      });
      new ElasticsearchDataStream(own, "stream", { name, dependsOn: [template] });
    }
  }

  private salt(): string {
    const variable = new TerraformVariable(this, "Salt", {
      type: "string",
      sensitive: true,
      description: "Salt of the hashes that stand for personal values in Elasticsearch",
    });
    variable.overrideLogicalId(saltVariable);
    return variable.stringValue;
  }

  private logstash(estate: EnvironmentEstate, elastic: DefiniteElastic, { queueBytes }: Capacity): void {
    const { name } = estate.environment;
    new ElasticsearchLogstashPipeline(this, "Logstash", {
      pipelineId: sharedName(name),
      description: `Logs of ${name} to their data streams`,
      pipeline: literal(logstashText(logstashConfigOf(elastic, logStreamsOf(estate), namePart(name)))),
      pipelineEcsCompatibility: "disabled",
      queueType: "persisted",
      queueMaxBytes: queueSize(queueBytes),
    });
  }

  private snapshots(environment: string, { snapshotBucket: bucket }: DefiniteElastic): void {
    const name = sharedName(environment);
    const repository = new ElasticsearchSnapshotRepository(this, "Repository", {
      name,
      s3: { bucket: literal(bucket), basePath: name, serverSideEncryption: true },
    });
    new ElasticsearchSnapshotLifecycle(this, "Snapshots", {
      name,
      repository: repository.name,
      // Nightly at 01:30 UTC; only what is new since the last is copied.
      schedule: "0 30 1 * * ?",
      snapshotName: `<${name}-{now/d}>`,
      indices: [allStreams(environment)],
      includeGlobalState: false,
      expireAfter: `${snapshotDays}d`,
      minCount: 3,
      maxCount: 2 * snapshotDays,
    });
  }

  private shippers(environment: string): void {
    new ElasticsearchSecurityRole(this, "Shippers", {
      name: `${sharedName(environment)}-shipper`,
      description: `Adds events to the logs of ${environment}, and can neither read nor change them`,
      cluster: ["monitor"],
      indices: [{ names: [allStreams(environment)], privileges: ["auto_configure", "create_doc"] }],
    });
  }

  /** It never expires: what is forgotten would go dark. It is replaced by `terraform apply -replace`. */
  private readers(environment: string): string {
    return new ElasticsearchSecurityApiKey(this, "Grafana", {
      name: `${sharedName(environment)}-grafana`,
      roleDescriptors: JSON.stringify(readerRoles(environment)),
    }).encoded;
  }
}
