import { LogsArchive } from "@cdktf/provider-datadog/lib/logs-archive";
import { LogsCustomPipeline, type LogsCustomPipelineProcessor } from "@cdktf/provider-datadog/lib/logs-custom-pipeline";
import { LogsIndex } from "@cdktf/provider-datadog/lib/logs-index";
import { LogsMetric } from "@cdktf/provider-datadog/lib/logs-metric";
import { SensitiveDataScannerGroup } from "@cdktf/provider-datadog/lib/sensitive-data-scanner-group";
import { SensitiveDataScannerRule } from "@cdktf/provider-datadog/lib/sensitive-data-scanner-rule";
import { Construct } from "constructs";
import type { EnvironmentEstate } from "../../../model/estate";
import { checked, never } from "../../../model/result";
import { literal } from "../../terraform/literal";
import type { LogProcessor } from "./processors";
import { type DatadogLogMetric, type DatadogLogSettings, datadogLogs } from "./settings";

function processorBlock(processor: LogProcessor): LogsCustomPipelineProcessor {
  switch (processor.kind) {
    case "date":
      return { dateRemapper: { name: "When it happened", isEnabled: true, sources: [processor.source] } };
    case "status":
      return { statusRemapper: { name: "How bad it is", isEnabled: true, sources: [processor.source] } };
    case "service":
      return { serviceRemapper: { name: "Who logged it", isEnabled: true, sources: [processor.source] } };
    case "message":
      return { messageRemapper: { name: "What happened", isEnabled: true, sources: [processor.source] } };
    case "trace":
      return { traceIdRemapper: { name: "Its trace", isEnabled: true, sources: [processor.source] } };
    case "span":
      return { spanIdRemapper: { name: "Its span", isEnabled: true, sources: [processor.source] } };
    case "attribute":
      return {
        attributeRemapper: {
          name: literal(`${processor.source} as ${processor.target}`),
          isEnabled: true,
          sources: [processor.source],
          sourceType: "attribute",
          target: processor.target,
          targetType: processor.targetType,
          // A text cannot stay where an object of the same name begins: `error` gives way to `error.message`.
          preserveSource: !processor.target.startsWith(`${processor.source}.`),
          overrideOnConflict: false,
        },
      };
    case "arithmetic":
      return {
        arithmeticProcessor: {
          name: literal(`${processor.target} from ${processor.expression}`),
          isEnabled: true,
          expression: processor.expression,
          target: processor.target,
          isReplaceMissing: false,
        },
      };
    default:
      return never(processor);
  }
}

function addScanner(scope: Construct, { query, patterns }: DatadogLogSettings, environment: string): void {
  const group = new SensitiveDataScannerGroup(scope, "group", {
    name: literal(`Logs of ${environment}`),
    description: "What must not be stored, wherever in a log it stands; the same as Fluentd replaces",
    isEnabled: true,
    productList: ["logs"],
    filter: { query: literal(query) },
  });
  for (const { name, description, pattern } of patterns)
    new SensitiveDataScannerRule(scope, name, {
      groupId: group.id,
      name,
      description: literal(description),
      isEnabled: true,
      pattern: literal(pattern),
      textReplacement: { type: "replacement_string", replacementString: `[${name}]` },
      tags: [`sensitive:${name}`],
    });
}

function addMetrics(scope: Construct, metrics: readonly DatadogLogMetric[]): void {
  for (const { id, name, query, groupBy } of metrics)
    new LogsMetric(scope, id, {
      name,
      compute: { aggregationType: "count" },
      filter: { query: literal(query) },
      groupBy: groupBy.map(({ path, tagName }) => ({ path, tagName })),
    });
}

/**
 * What Datadog does with the logs of an environment: its index with a day's limit and exclusions, its pipeline, a scanner for sensitive
 * data, metrics, and an archive. The order of indexes, pipelines and archives is one for the whole organization, so no environment's stack
 * could own it; none is needed, since every filter here begins with its own `env`.
 */
export class DatadogLogs extends Construct {
  constructor(scope: Construct, id: string, estate: EnvironmentEstate) {
    super(scope, id);
    const settings = checked(datadogLogs(estate));
    if (settings === undefined) return;
    const { query, index, processors, metrics, archive } = settings;
    const { environment } = estate;

    new LogsIndex(this, "index", {
      name: index.name,
      filter: { query: literal(query) },
      dailyLimit: index.dailyLimit,
      dailyLimitWarningThresholdPercentage: 80,
      retentionDays: index.retentionDays,
      exclusionFilter: index.exclusions.map((exclusion) => ({
        name: literal(exclusion.name),
        isEnabled: true,
        filter: [{ query: literal(exclusion.query), sampleRate: exclusion.sampleRate }],
      })),
    });
    new LogsCustomPipeline(this, "pipeline", {
      name: literal(`Structured logs of ${environment.name}`),
      isEnabled: true,
      filter: [{ query: literal(query) }],
      processor: processors.map(processorBlock),
    });
    addScanner(new Construct(this, "scanner"), settings, environment.name);
    const counted = new Construct(this, "metrics");
    // The service is a part of the path, by which a renamed one's resources are moved.
    for (const { service } of estate.services)
      addMetrics(
        new Construct(counted, service.name),
        metrics.filter((metric) => metric.service === service.name),
      );
    if (archive !== undefined)
      new LogsArchive(this, "archive", {
        name: archive.name,
        query: literal(query),
        includeTags: true,
        s3Archive: {
          bucket: archive.bucket,
          path: archive.path,
          accountId: environment.account,
          roleName: literal(archive.role),
        },
      });
  }
}
