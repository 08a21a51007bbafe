import { jaegerConfig } from "../constructs/jaeger/config";
import { type CollectorProblem, checkCollector } from "../constructs/opentelemetry/check-collector";
import { collectorsOf } from "../constructs/opentelemetry/collectors";
import { byteLength, parameterBytes } from "../constructs/terraform/parameter-size";
import type { Catalog } from "../model/catalog";
import type { EnvironmentEstate } from "../model/estate";
import type { Finding } from "../model/finding";
import { gatewayLoad, tracePipelineOf } from "../model/trace-pipeline";
import { tracedServices } from "../model/tracing";
import { errorRule, finding, type Rule } from "./rule";

const ruleOf: Readonly<Record<CollectorProblem["kind"], Rule>> = {
  reference: errorRule("opentelemetry/reference", "A collector whose pipelines name what is not there does not start."),
  unused: errorRule(
    "opentelemetry/unused",
    "A component in no pipeline is silently left out: what it should do is not done.",
  ),
  signal: errorRule(
    "opentelemetry/signal",
    "A collector does not start with a component that its pipeline's signal is foreign to.",
  ),
  order: errorRule("opentelemetry/order", "Processors in a wrong order lose spans, or memory."),
  port: errorRule("opentelemetry/port", "Of two that listen on one port the second keeps the collector from starting."),
  cycle: errorRule("opentelemetry/cycle", "A collector does not start with a pipeline that leads back into itself."),
};
const size = errorRule("opentelemetry/size", "Parameter Store refuses what is larger, in the middle of a deployment.");
const memory = errorRule(
  "opentelemetry/gateway-memory",
  "A gateway that cannot hold what it waits for refuses spans, and errors with them.",
);

/** Every rule of this family. */
export const rules: readonly Rule[] = [...Object.values(ruleOf), size, memory];

/** The share of a gateway's memory that waiting traces may take; the rest is for what comes in, what goes out, and Go. */
const shareForTraces = 0.5;

/** The collectors that a catalog makes: whether they would start, whether they can be delivered, and whether they can hold what arrives. */
export function checkOpenTelemetry(estate: EnvironmentEstate, { file }: Catalog): readonly Finding[] {
  const { name, tracing } = estate.environment;
  if (tracing === undefined) return [];
  const at = `environments.${name}.tracing`;
  const pipeline = tracePipelineOf(tracing, name);
  const { gatewayMemoryMiB } = pipeline;
  const load = gatewayLoad(tracedServices(estate), pipeline);
  const problems = (role: string, problem: CollectorProblem): Finding =>
    finding(ruleOf[problem.kind], { file, field: `${at} (${role}) ${problem.at}` }, problem.message, problem.fix);
  const jaeger = tracing.backends.includes("jaeger")
    ? checkCollector(jaegerConfig(estate.environment, tracedServices(estate), pipeline))
    : [];
  return [
    ...jaeger.map((problem) => problems("jaeger", problem)),
    ...collectorsOf(estate).flatMap(({ role, config, yaml }) => [
      ...checkCollector(config).map((problem) => problems(role, problem)),
      ...(byteLength(yaml) > parameterBytes.Advanced
        ? [
            finding(
              size,
              { file, field: at },
              `the ${role}'s configuration is ${byteLength(yaml)} bytes, and a parameter holds ${parameterBytes.Advanced}`,
              "give services the same shares, so that they have a policy together, or name fewer operations",
            ),
          ]
        : []),
    ]),
    ...(load.memoryMiB > gatewayMemoryMiB * shareForTraces
      ? [
          finding(
            memory,
            { file, field: `${at}.gatewayMemoryMiB` },
            `with one gateway missing, each other must hold ${load.memoryMiB} MiB of traces, and half of its ${gatewayMemoryMiB} MiB is for them`,
            "declare more gateways, or give them more memory",
          ),
        ]
      : []),
  ];
}
