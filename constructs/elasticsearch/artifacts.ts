import type { Artifact } from "../../model/artifact";
import { elasticOf } from "../../model/elastic";
import type { EnvironmentEstate } from "../../model/estate";
import { capacityOf } from "./capacity";
import { logstashConfigOf, queueSize } from "./logstash";
import { logstashText } from "./logstash-config";
import { rsyslogConfig } from "./rsyslog";
import { logStreamsOf, namePart, sharedName } from "./stream";

/** Logstash's pipeline with its queue, and rsyslog's configuration, for those who run them themselves; none without Elasticsearch. */
export function elasticsearchArtifacts(estate: EnvironmentEstate): readonly Artifact[] {
  const { environment } = estate;
  const elastic = elasticOf(environment);
  const capacity = capacityOf(estate);
  if (elastic === undefined || capacity === undefined) return [];
  const streams = logStreamsOf(estate);
  const name = sharedName(environment.name);
  return [
    {
      path: `logstash/${name}.conf`,
      content: logstashText(logstashConfigOf(elastic, streams, namePart(environment.name))),
    },
    {
      path: "logstash/pipelines.yml",
      content: `- pipeline.id: ${name}
  path.config: /etc/logstash/conf.d/${name}.conf
  pipeline.ecs_compatibility: disabled
  queue.type: persisted
  queue.max_bytes: ${queueSize(capacity.queueBytes)}
`,
    },
    {
      path: "rsyslog/elasticsearch.conf",
      content: rsyslogConfig(streams, {
        servers: elastic.elasticsearch,
        files: (service) => `/var/log/${service}/*.json`,
        folder: "/var/spool/rsyslog",
      }),
    },
  ];
}
