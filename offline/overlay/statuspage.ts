import type { ProviderFacts } from "./facts";

/** What the bindings of sbecker59/statuspage lose. */
export const statuspageFacts: ProviderFacts = {
  resources: {
    statuspage_component: {
      source: "sbecker59/statuspage, statuspage_component: Schema; Statuspage API, components, `status`",
      facts: {
        page_id: { forceNew: true },
        showcase: { default: true },
        status: {
          default: "operational",
          oneOf: ["operational", "under_maintenance", "degraded_performance", "partial_outage", "major_outage", ""],
        },
      },
    },
    statuspage_component_group: {
      source: "sbecker59/statuspage, statuspage_component_group: Schema",
      facts: { page_id: { forceNew: true } },
    },
  },
};
