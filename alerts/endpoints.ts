import { pack, type Rows } from "./pack";

/** What users meet from outside, seen by the blackbox exporter; `instance` is the address that it asks. */
export const endpointRows = {
  down: {
    alert: "EndpointDown",
    indicator: "probe_success",
    dimension: "ratio",
    comparison: "<",
    threshold: "100%",
    recovery: "100%",
    for: "2m",
    severity: "SEV-1",
    summary: "{instance} does not answer as it should",
    why: "It is asked as a user would ask; two minutes are several probes in a row, which no lost packet explains.",
  },
  slow: {
    alert: "EndpointResponseSlow",
    indicator: "probe_duration",
    dimension: "time",
    comparison: ">",
    threshold: "2s",
    for: "10m",
    severity: "SEV-3",
    summary: "{instance} takes {value} to answer",
    why: "Name, connection and encryption included, a page should begin within two seconds; ten minutes are no cold start.",
  },
  status: {
    alert: "EndpointStatusUnexpected",
    indicator: "probe_status",
    dimension: "count",
    outside: ["200", "399"],
    for: "5m",
    severity: "SEV-3",
    summary: "{instance} answers with the status {value}",
    why: "Success and redirection are what a page answers with; the number says whose fault it is, and 0 that nobody answered.",
  },
  certificate: {
    alert: "CertificateExpiresSoon",
    promql: '(min by (instance) (probe_ssl_earliest_cert_expiry{job="{service}"}) - time()) / 86400',
    comparison: "<",
    threshold: 14,
    for: "1h",
    severity: "SEV-3",
    evaluator: "prometheus",
    summary: "The certificate of {instance} is valid for {value} days",
    why: "Certificates renew themselves a month ahead; two weeks mean that it failed, and leave time to do it by hand.",
  },
  certificateUrgent: {
    alert: "CertificateExpiresInDays",
    promql: '(min by (instance) (probe_ssl_earliest_cert_expiry{job="{service}"}) - time()) / 86400',
    comparison: "<",
    threshold: 3,
    for: "15m",
    severity: "SEV-2",
    evaluator: "prometheus",
    summary: "The certificate of {instance} is valid for {value} days only",
    why: "When it ends every browser refuses the page; three days hold a weekend.",
  },
} as const satisfies Rows;

/** Needs `httpEndpoint`. */
export const endpoints = pack(endpointRows);
