import { pipelinePorts } from "../../model/pipeline-ports";

/** Ports by the protocol that is spoken there, each the one that the protocol's own documentation names. */
export const ports = {
  otlpGrpc: 4317,
  otlpHttp: 4318,
  jaegerGrpc: 14250,
  jaegerThriftHttp: 14268,
  zipkin: 9411,
  health: 13133,
  metrics: pipelinePorts.collector,
} as const;
