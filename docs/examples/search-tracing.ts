import type { Tracing } from "../../model/tracing";

export const searchTracing: Tracing = {
  sampling: { kind: "tail", slowAfter: { default: "500ms", dev: "2s" }, keepPercent: { default: 5, dev: 100 } },
  operations: { "POST /index": { default: 50, dev: 100 } },
  tracesPerSecond: { default: 300, dev: 5 },
  attributes: [{ name: "search.terms", pii: "personal", redact: "drop" }],
};
