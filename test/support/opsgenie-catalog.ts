import { alert } from "../../model/alert";
import { panel } from "../../model/dashboard";
import { example, exampleCatalog, exampleService } from "./example";

const runbook = "https://runbooks.example.com/shop";

const numbers = {
  key: "numbers",
  title: "Numbers",
  description: "How much is asked of the shop.",
  sections: [{ key: "all", title: "All", panels: [panel("all", "Requests", { all: example.requests.rate("5m") })] }],
};

/** A catalog whose pages Opsgenie takes: two tiers of a team, a heartbeat, and a dashboard that is shared. */
const opsgenieCatalog = exampleCatalog(
  [
    exampleService({
      dashboards: [numbers],
      alerts: [
        alert("HighErrorRate", {
          when: "error_rate > 1%",
          for: "5m",
          severity: "SEV-1",
          summary: "{value} fail",
          runbook,
        }),
        alert("Slow", { when: "p95_latency > 1s", for: "10m", severity: "SEV-3", summary: "{value} long", runbook }),
        alert("Busy", {
          when: "request_rate > 100 per second",
          for: "1h",
          severity: "SEV-4",
          summary: "{value}",
          runbook,
        }),
        alert("Watchdog", {
          when: "request_rate >= 0 per second",
          for: "0s",
          severity: "SEV-4",
          summary: "Alive",
          runbook,
        }),
      ],
    }),
    exampleService(
      {
        tier: 3,
        alerts: [
          alert("Heavy", {
            when: "memory > 1GB",
            for: "10m",
            severity: "SEV-2",
            summary: "{value} of memory",
            runbook,
          }),
        ],
      },
      "reports",
    ),
  ],
  {
    onCall: { support: "support", architecture: "architecture", pager: "opsgenie" },
    access: {
      grants: { backend: { prod: ["editor", "on-call"] } },
      aws: { kind: "account", account: "333333333333" },
      sharing: [
        {
          service: "shop",
          dashboard: "numbers",
          environment: "prod",
          since: "2099-01-05",
          until: "2099-02-05",
          reason: "Customers look at it",
        },
      ],
    },
  },
);

export default opsgenieCatalog;
