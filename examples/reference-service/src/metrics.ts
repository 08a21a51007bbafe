import type { Pool } from "pg";
import { Counter, Gauge, Histogram, Registry } from "prom-client";

/** Buckets of the contract's histograms that name none: those of the Prometheus client libraries, in seconds. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

/** The metrics of the API: the contracts http-server, orders, postgres-pool and redis-cache, and no others. */
export function apiMetrics(pool: Pool) {
  const registry = new Registry();
  const registers = [registry];
  const requests = new Counter({
    name: "http_requests_total",
    help: "HTTP requests answered",
    labelNames: ["method", "endpoint", "status"],
    registers,
  });
  const duration = new Histogram({
    name: "http_request_duration_seconds",
    help: "Time from a request's arrival to its answer",
    labelNames: ["method", "endpoint"],
    buckets,
    registers,
  });
  const ordersProcessed = new Counter({ name: "orders_processed", help: "Orders accepted and stored", registers });
  const orderTime = new Histogram({
    name: "order_processing_time",
    help: "Time to accept and store an order",
    buckets,
    registers,
  });
  const cache = new Counter({
    name: "cache_operations_total",
    help: "Operations on the cache",
    labelNames: ["operation", "result"],
    registers,
  });
  poolGauge(pool, registry);
  return { registry, requests, duration, ordersProcessed, orderTime, cache };
}

/** The metrics of the worker: the contracts background-jobs and postgres-pool, and no others. */
export function workerMetrics(pool: Pool) {
  const registry = new Registry();
  const jobs = new Counter({
    name: "background_jobs_total",
    help: "Executions of background jobs",
    labelNames: ["job_type", "status"],
    registers: [registry],
  });
  poolGauge(pool, registry);
  return { registry, jobs };
}

/** Asked at each scrape: a pool tells nobody when it changes. Connections that are not open yet can be had, and so are idle. */
function poolGauge(pool: Pool, registry: Registry): void {
  new Gauge({
    name: "database_connections",
    help: "Connections of a process to its database; total is what the pool may open",
    labelNames: ["state"],
    registers: [registry],
    collect() {
      const most = pool.options.max;
      const active = pool.totalCount - pool.idleCount;
      this.set({ state: "active" }, active);
      this.set({ state: "idle" }, most - active);
      this.set({ state: "total" }, most);
    },
  });
}
