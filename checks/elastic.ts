import { capacityOf } from "../constructs/elasticsearch/capacity";
import { elasticsearchLimits } from "../constructs/elasticsearch/limits";
import { mappingsOf } from "../constructs/elasticsearch/mapping";
import { logStreamsOf, namePart } from "../constructs/elasticsearch/stream";
import type { Catalog } from "../model/catalog";
import { elasticOf } from "../model/elastic";
import type { EnvironmentEstate } from "../model/estate";
import type { Finding, Where } from "../model/finding";
import { collectorField } from "../model/log-shipping";
import { didYouMean } from "../model/suggest";
import { errorRule, finding, inService, type Rule } from "./rule";

const address = errorRule("elastic/address", "Logs that are shipped to nowhere are lost when they are needed.");
const runBy = errorRule("elastic/run-by", "A cluster that nobody runs fails without anybody being called.");
const phases = errorRule(
  "elastic/phases",
  "Elasticsearch refuses phases that do not follow one another, and keeps what was promised to be gone.",
);
const number = errorRule("elastic/number", "A number that means nothing makes a capacity that means nothing.");
const shardSize = errorRule(
  "elastic/shard-size",
  "Shards below 10 or above 50 gigabytes make searches slow and recovery long.",
);
const shards = errorRule(
  "elastic/shards",
  "A cluster that has its most shards refuses every new index, and with it the logs.",
);
const disk = errorRule("elastic/disk", "A cluster whose disk is full refuses every event.");
const fields = errorRule("elastic/fields", "Elasticsearch refuses a mapping with more fields, and then the template.");
const fieldName = errorRule(
  "elastic/field-name",
  "An ingest pipeline reads a dot as an object within an object, and Fluentd's field as the word that all has been done.",
);
const fieldType = errorRule("elastic/field-type", "A name with two types cannot be searched over all services.");

/** Every rule of this family. */
export const rules: readonly Rule[] = [
  address,
  runBy,
  phases,
  number,
  shardSize,
  shards,
  disk,
  fields,
  fieldName,
  fieldType,
];

const isAddress = (url: string): boolean => URL.canParse(url) && /^https?:\/\/[^/]+\/?$/.test(url);

/** What is wrong with the numbers alone; the capacity is computed only of sound ones. */
function numberProblems(
  elastic: NonNullable<ReturnType<typeof elasticOf>>,
  kept: number,
  at: (field: string) => Where,
) {
  const { retentionDays, warmAfterDays, coldAfterDays, shardGigabytes, dataNodes, replicas, averageLoad } = elastic;
  const found: Finding[] = [];
  const wrong = (rule: Rule, field: string, message: string, fix: string) =>
    found.push(finding(rule, at(field), message, fix));
  const whole: readonly (readonly [string, number, number])[] = [
    ["retentionDays", retentionDays, 1],
    ["dataNodes.count", dataNodes.count, 1],
    ["dataNodes.diskGigabytes", dataNodes.diskGigabytes, 1],
    ["replicas", replicas, 0],
    ["outageMinutes", elastic.outageMinutes, 1],
  ];
  for (const [field, value, least] of whole)
    if (!Number.isInteger(value) || value < least)
      wrong(number, field, `${value} is not a whole number from ${least} on`, `write ${least} or more`);
  if (!(averageLoad > 0 && averageLoad <= 1))
    wrong(number, "averageLoad", `${averageLoad} is not a share of the peak`, "write a number above 0, at most 1");
  if (replicas >= dataNodes.count)
    wrong(
      number,
      "replicas",
      `${replicas} copies of a shard have no place beside it on ${dataNodes.count} nodes`,
      `write ${Math.max(0, dataNodes.count - 1)} or less, or add nodes`,
    );
  if (retentionDays > kept)
    wrong(
      phases,
      "retentionDays",
      `events would be searched for ${retentionDays} days, but the environment keeps its logs ${kept}`,
      `write ${kept} or less, or raise the environment's retentionDays`,
    );
  const order = [
    { field: "warmAfterDays", days: warmAfterDays },
    { field: "coldAfterDays", days: coldAfterDays },
    { field: "retentionDays", days: retentionDays },
  ].flatMap(({ field, days }) => (days === undefined ? [] : [{ field, days }]));
  order.forEach(({ field, days }, index) => {
    const next = order[index + 1];
    if (next !== undefined && days >= next.days)
      wrong(
        phases,
        field,
        `${field} is ${days} days, which is not before ${next.field} of ${next.days}`,
        `write less than ${next.days}, or leave it out`,
      );
  });
  const { least, most } = elasticsearchLimits.shardGigabytes;
  if (!(shardGigabytes >= least && shardGigabytes <= most))
    wrong(
      shardSize,
      "shardGigabytes",
      `a shard of ${shardGigabytes} GB is not of a good size`,
      `write ${least} to ${most}`,
    );
  return found;
}

/** What a cluster would refuse, or could not hold. */
export function checkElastic(estate: EnvironmentEstate, catalog: Catalog): readonly Finding[] {
  const { environment } = estate;
  const elastic = elasticOf(environment);
  if (elastic === undefined) return [];
  const at = (field: string): Where => ({
    file: catalog.file,
    field: `environments.${environment.name}.elastic${field === "" ? "" : `.${field}`}`,
  });
  const found: Finding[] = [];
  const urls = [
    ...elastic.elasticsearch.map((url) => ["elasticsearch", url] as const),
    ["kibana", elastic.kibana] as const,
  ];
  for (const [field, url] of urls)
    if (!isAddress(url))
      found.push(
        finding(address, at(field), `"${url}" is not the URL of a server`, "write https://, host and port alone"),
      );
  if (elastic.elasticsearch.length === 0)
    found.push(finding(address, at("elasticsearch"), "there is no address", "write the URL of at least one node"));
  const names = catalog.services.map(({ name }) => name);
  if (!names.includes(elastic.runBy))
    found.push(
      finding(
        runBy,
        at("runBy"),
        `there is no service "${elastic.runBy}".${didYouMean(elastic.runBy, names)}`,
        "write the name of the service whose team runs the cluster",
      ),
    );
  const numbers = numberProblems(elastic, environment.retentionDays, at);
  const streams = logStreamsOf(estate);
  const dotted = streams.flatMap(({ contract, estate: { service } }) =>
    contract.fields
      .filter(({ name }) => !/^[A-Za-z_@][A-Za-z0-9_]*$/.test(name))
      .map(({ name }) =>
        finding(
          fieldName,
          inService(service, "telemetry"),
          `the log field "${name}" cannot be named in an ingest pipeline`,
          "write letters, digits and underscores",
        ),
      ),
  );
  const taken = streams
    .filter(({ contract }) => contract.fields.some(({ name }) => name === collectorField))
    .map(({ estate: { service } }) =>
      finding(
        fieldName,
        inService(service, "telemetry"),
        `the log field "${collectorField}" is Fluentd's own: events that have it are neither sampled nor hashed in Elasticsearch`,
        "give it another name",
      ),
    );
  const long = [environment.name, ...streams.map(({ contract }) => contract.service)].filter(
    (name) => namePart(name).length > elasticsearchLimits.namePart,
  );
  for (const name of long)
    found.push(
      finding(address, at(""), `"${name}" is too long for a data stream's name`, "write 100 characters or less"),
    );
  const mappings = mappingsOf(streams.map(({ contract }) => contract));
  if (!mappings.ok)
    found.push(
      finding(fieldType, at(""), mappings.error, "give both the same type and redaction, or one another name"),
    );
  else if (Object.keys(mappings.value).length > elasticsearchLimits.totalFields)
    found.push(
      finding(
        fields,
        at(""),
        `the services declare ${Object.keys(mappings.value).length} log fields, and an index takes ${elasticsearchLimits.totalFields}`,
        "declare what is searched for, and put the rest into the message",
      ),
    );
  return [...found, ...dotted, ...taken, ...numbers, ...(numbers.length > 0 ? [] : capacityProblems(estate, at))];
}

function capacityProblems(estate: EnvironmentEstate, at: (field: string) => Where): readonly Finding[] {
  const capacity = capacityOf(estate);
  const elastic = elasticOf(estate.environment);
  if (capacity === undefined || elastic === undefined) return [];
  const { count, diskGigabytes } = elastic.dataNodes;
  const [mostShards, held] = [count * elasticsearchLimits.shardsPerNode, count * diskGigabytes];
  return [
    ...(capacity.shards > mostShards
      ? [
          finding(
            shards,
            at("dataNodes.count"),
            `the logs make ${capacity.shards} shards, and ${count} nodes hold ${mostShards}`,
            `write ${Math.ceil(capacity.shards / elasticsearchLimits.shardsPerNode)} nodes, or keep events for less time`,
          ),
        ]
      : []),
    ...(capacity.disk.total > held
      ? [
          finding(
            disk,
            at("dataNodes"),
            `the logs take ${capacity.disk.total} GB of disk, and the nodes have ${held}`,
            `write ${Math.ceil(capacity.disk.total / diskGigabytes)} nodes, or keep events for less time`,
          ),
        ]
      : []),
  ];
}
