/**
 * Where the carriers of logs and traces serve their own metrics: one number for the configuration that opens a port and the scrape that
 * reads it. Each is the one that its documentation names: fluent-plugin-prometheus, README; Fluent Bit manual, Monitoring; OpenTelemetry
 * Collector, "Internal telemetry".
 */
export const pipelinePorts = { fluentd: 24231, fluentBit: 2020, collector: 8888 } as const;
