import { describe, expect, test } from "@jest/globals";
import catalog from "../../catalog/catalog";
import { undeclaredLabels } from "../../model/expression";
import type { MetricDefinition } from "../../model/metric";
import { indicatorsOf, logFieldsOf, metricsOf, type Service } from "../../model/service";

function serviceNamed(name: string): Service {
  const found = catalog.services.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no service ${name}`);
  return found;
}

const metricNamed = (service: string, name: string): MetricDefinition | undefined =>
  metricsOf(serviceNamed(service)).find((metric) => metric.name === name);

const http = [
  "http_requests_total counter method,endpoint,status",
  "http_request_duration_seconds histogram method,endpoint",
];

/** Name, type and labels of the metrics that each service must have. */
const declared: Readonly<Record<string, readonly string[]>> = {
  "app-service": [
    ...http,
    "up gauge",
    "app_errors counter",
    "app_user_signup counter source",
    "app_payment_process histogram",
    "app_queue_length gauge",
    "app_order_value histogram",
    "orders_processed counter",
    "order_processing_time histogram",
    "request_duration_seconds histogram",
    "active_requests gauge",
    "memory_usage_bytes gauge",
    "requests_total counter",
    "response_time_seconds histogram",
    "requests counter",
    "errors counter",
    "duration histogram",
    "payload_size histogram",
    "active_connections gauge",
    "database_connections gauge state",
    "ecs_cpu_utilization gauge",
    "ecs_memory_utilization gauge",
  ],
  "analytics-backend": [
    ...http,
    "up gauge",
    "analytics_active_users gauge workspace_id",
    "analytics_credits_consumed_total counter workspace_id,agent_id",
    "database_connections gauge state",
    "cache_operations_total counter operation,result",
    "background_jobs_total counter job_type,status",
    "container_memory_usage_bytes gauge name",
    "container_spec_memory_limit_bytes gauge name",
    "container_cpu_usage_seconds_total counter name",
    "container_network_receive_bytes_total counter name",
    "container_network_transmit_bytes_total counter name",
  ],
  "celery-worker": [
    "background_jobs_total counter job_type,status",
    "celery_task_failed_total counter name,hostname,queue_name,exception",
    "celery_queue_length gauge queue_name",
    "up gauge",
  ],
  database: ["pg_up gauge", "rds_cpu_utilization gauge", "rds_database_connections gauge", "up gauge"],
  hosts: [
    "node_cpu_seconds_total counter cpu,mode",
    "node_load1 gauge",
    "node_load5 gauge",
    "node_load15 gauge",
    "node_context_switches_total counter",
    "node_memory_MemTotal_bytes gauge",
    "node_memory_MemAvailable_bytes gauge",
    "node_memory_SwapTotal_bytes gauge",
    "node_memory_SwapFree_bytes gauge",
    "node_filesystem_size_bytes gauge device,mountpoint,fstype",
    "node_filesystem_avail_bytes gauge device,mountpoint,fstype",
    "node_disk_reads_completed_total counter device",
    "node_disk_writes_completed_total counter device",
    "node_disk_read_time_seconds_total counter device",
    "node_disk_write_time_seconds_total counter device",
    "node_network_receive_bytes_total counter device",
    "node_network_transmit_bytes_total counter device",
    "node_network_receive_errs_total counter device",
    "node_network_receive_drop_total counter device",
    "node_filesystem_files_free gauge device,mountpoint,fstype",
    "node_filesystem_readonly gauge device,mountpoint,fstype",
    "node_vmstat_oom_kill counter",
    "node_timex_offset_seconds gauge",
    "node_systemd_unit_state gauge name,state,type",
    "up gauge",
  ],
  redis: [
    "redis_up gauge",
    "redis_memory_used_bytes gauge",
    "redis_memory_max_bytes gauge",
    "redis_evicted_keys_total counter",
    "redis_rejected_connections_total counter",
    "redis_master_link_up gauge master_host,master_port",
    "up gauge",
  ],
  website: ["probe_success gauge", "probe_duration_seconds gauge", "probe_ssl_earliest_cert_expiry gauge", "up gauge"],
  monitoring: [
    "prometheus_rule_evaluation_failures_total counter rule_group",
    "prometheus_notifications_dropped_total counter",
    "alertmanager_notifications_failed_total counter integration,reason",
    "up gauge",
  ],
  logging: [
    "fluentd_output_status_buffer_available_space_ratio gauge host,plugin_id,type",
    "fluentd_output_status_num_errors counter host,plugin_id,type",
    "fluentbit_output_dropped_records_total counter name",
    "fluentbit_output_proc_records_total counter name",
    "elasticsearch_cluster_health_status gauge cluster,color",
    "elasticsearch_ilm_status gauge operation_mode",
    "up gauge",
  ],
  tracing: [
    "otelcol_receiver_refused_spans counter receiver,transport",
    "otelcol_exporter_send_failed_spans counter exporter",
    "otelcol_exporter_enqueue_failed_spans counter exporter",
    "otelcol_exporter_queue_size gauge exporter,data_type",
    "otelcol_processor_tail_sampling_sampling_trace_dropped_too_early counter",
    "up gauge",
  ],
};

describe("metrics", () => {
  test.each(Object.entries(declared))("%s declares its own, with their types and labels", (service, expected) => {
    const found = metricsOf(serviceNamed(service)).map(({ name, type, labels }) =>
      [name, type, Object.keys(labels).join(",")].join(" ").trim(),
    );
    expect(found).toEqual(expect.arrayContaining([...expected]));
  });

  test.each(catalog.services.map((service) => [service.name, service] as const))(
    "%s declares each once",
    (_name, service) => {
      const names = metricsOf(service).map(({ name }) => name);
      expect(names.length).toBeGreaterThan(0);
      expect(new Set(names).size).toBe(names.length);
    },
  );

  test("of one name mean one thing in every service", () => {
    const meanings = new Map<string, Set<string>>();
    for (const { name, type, unit, labels, buckets } of catalog.services.flatMap(metricsOf)) {
      const seen = meanings.get(name) ?? new Set();
      meanings.set(name, seen.add(JSON.stringify([type, unit, labels, buckets])));
    }
    expect(meanings.size).toBeGreaterThan(120);
    expect([...meanings].filter(([, seen]) => seen.size > 1)).toEqual([]);
  });

  test("have names and label names that Prometheus accepts, and a sentence of help", () => {
    for (const { name, labels, help } of catalog.services.flatMap(metricsOf)) {
      expect(name).toMatch(/^[a-zA-Z_][a-zA-Z0-9_]*$/);
      for (const label of Object.keys(labels)) expect(label).toMatch(/^[a-z_]+$/);
      expect(help).toMatch(/^[A-Z].*[^.]$/);
    }
  });

  test.each([
    ["http_requests_total", "app.http.requests", undefined],
    ["http_request_duration_seconds", "app.http.request.duration", undefined],
    ["app_errors", "app.errors", undefined],
    ["app_user_signup", "app.user.signup", undefined],
    ["app_payment_process", "app.payment.process", "milliseconds"],
    ["app_queue_length", "app.queue.length", undefined],
    ["app_order_value", "app.order.value", undefined],
    ["database_connections", "app.db.connections", undefined],
    ["ecs_cpu_utilization", "aws.ecs.service.cpuutilization", undefined],
  ])("%s of the API is %s in Datadog", (metric, name, unit) => {
    expect(metricNamed("app-service", metric)?.datadog).toEqual(unit === undefined ? { name } : { name, unit });
  });

  test("of analytics are in Prometheus alone, but for what CloudWatch measures", () => {
    const copied = metricsOf(serviceNamed("analytics-backend")).filter(({ datadog }) => datadog !== undefined);
    expect(copied.map(({ cloudwatch }) => cloudwatch?.namespace)).toEqual([
      "AWS/ECS",
      "AWS/ECS",
      "ECS/ContainerInsights",
      "ECS/ContainerInsights",
    ]);
  });

  test("of CloudWatch name the runtime's own dimensions", () => {
    expect(metricNamed("app-service", "ecs_cpu_utilization")?.cloudwatch).toEqual({
      namespace: "AWS/ECS",
      name: "CPUUtilization",
      statistic: "Average",
      dimensions: { ClusterName: "{cluster}", ServiceName: "{service}" },
    });
    expect(metricNamed("database", "rds_free_storage_space")).toMatchObject({
      prometheus: false,
      unit: "bytes",
      cloudwatch: {
        namespace: "AWS/RDS",
        name: "FreeStorageSpace",
        dimensions: { DBInstanceIdentifier: "{instance}" },
      },
      datadog: { name: "aws.rds.free_storage_space" },
    });
  });

  test("that are distributions have the buckets that their code gives them", () => {
    expect(metricNamed("app-service", "request_duration_seconds")?.buckets).toEqual([0.1, 0.5, 1, 2, 5]);
    for (const { name, type, buckets = [] } of catalog.services.flatMap(metricsOf)) {
      expect({ name, has: buckets.length > 0 }).toEqual({ name, has: type === "histogram" });
      expect([...buckets].sort((one, other) => one - other)).toEqual(buckets);
    }
  });
});

describe("indicators", () => {
  test.each([
    ["app-service", "request_rate error_rate p95_latency response_time availability cpu_usage memory_usage"],
    ["app-service", "db_connections_available queue_length signup_rate order_rate conversion_rate feature_usage"],
    ["app-service", "throughput payment_rate payment_time active_connections active_requests process_memory"],
    ["analytics-backend", "active_users credit_consumption credits_consumed_today agent_success_rate cache_hit_ratio"],
    ["analytics-backend", "container_cpu_usage container_memory_usage container_network_received job_failure_rate"],
    ["database", "query_rate db_connection_usage db_connections free_storage read_latency cpu_usage"],
    ["hosts", "cpu_usage load_average context_switches memory_usage memory_available swap_usage"],
    [
      "hosts",
      "disk_free_in_4h disk_free_in_24h inode_usage oom_kills io_pressure clock_offset cloudwatch_agent_running",
    ],
    ["redis", "redis_reachable redis_memory_usage redis_eviction_rate redis_replica_link redis_command_rate"],
    ["website", "probe_success probe_duration probe_status"],
    ["monitoring", "rule_failures missed_evaluations notifications_dropped delivery_failures failed_peers"],
    ["logging", "log_buffer_available log_events_dropped log_events_passed_on archive_age elasticsearch_red"],
    ["tracing", "spans_refused spans_not_sent spans_dropped span_queue_usage traces_dropped_undecided"],
    ["celery-worker", "tasks_waiting queue_workers task_failure_ratio task_runtime"],
    ["hosts", "disk_usage disk_reads disk_writes network_received packet_loss network_retransmissions"],
  ])("%s has %s", (service, names) => {
    expect([...indicatorsOf(serviceNamed(service)).keys()]).toEqual(expect.arrayContaining(names.split(" ")));
  });

  test.each(catalog.services.map((service) => [service.name, service] as const))(
    "of %s have one meaning each, and no label that their metrics lack",
    (_name, service) => {
      const names = service.telemetry.flatMap(({ indicators }) => Object.keys(indicators));
      expect(names.length).toBeGreaterThan(0);
      expect(new Set(names).size).toBe(names.length);
      expect([...indicatorsOf(service).values()].flatMap(({ expression }) => undeclaredLabels(expression))).toEqual([]);
    },
  );
});

describe("log fields", () => {
  const common = ["timestamp", "level", "service", "environment", "version", "name", "message"];
  const structured = [
    ...common,
    ...["hostname", "request_id", "correlation_id", "trace_id", "span_id", "parent_id", "user_id", "workspace_id"],
    ...["duration_ms", "error", "error_type", "error_details", "traceback", "exc_info"],
  ];
  const ofHttp = ["method", "path", "status_code", "client_ip", "ip", "user_agent"];
  const ofItems = ["item_id", "type", "status"];
  const ofOrders = ["order_id", "payment_id", "amount"];
  const ofQueries = ["query", "db"];

  test.each([
    ["app-service", [...structured, ...ofHttp, ...ofOrders, ...ofItems, ...ofQueries, "security_event"]],
    ["analytics-backend", [...structured, ...ofHttp, ...ofItems, ...ofQueries]],
    ["celery-worker", [...structured, ...ofItems, ...ofOrders, ...ofQueries]],
    ["database", ["error_severity", "duration_ms", "query", "user_name", "database_name"]],
    ["hosts", []],
    ["redis", []],
    ["website", []],
    ["monitoring", []],
    ["logging", []],
    ["tracing", []],
  ])("%s declares each of its own once", (service, expected) => {
    expect(logFieldsOf(serviceNamed(service)).map(({ name }) => name)).toEqual(expected);
  });

  test("that every structured event has are required, and no others", () => {
    const required = logFieldsOf(serviceNamed("app-service")).filter((field) => field.required);
    expect(required.map(({ name }) => name)).toEqual(common);
  });

  test("that say something of a person are marked", () => {
    const marked = catalog.services.flatMap(logFieldsOf).filter(({ pii }) => pii !== "none");
    expect(Object.fromEntries(marked.map(({ name, pii }) => [name, pii]))).toEqual({
      user_id: "pseudonymous",
      workspace_id: "pseudonymous",
      client_ip: "personal",
      ip: "personal",
      user_agent: "personal",
      query: "personal",
    });
  });
});
