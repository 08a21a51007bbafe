import { errorAlerts } from "../../alerts/errors";
import { errorAlert } from "../../model/error-alert";
import { errorTracking } from "../../model/error-tracking";

export const searchErrors = errorTracking({
  platform: "node-express",
  perMinute: { default: 60, prod: 600 },
  alerts: [
    errorAlerts({ users: { severity: "SEV-3" } }),
    errorAlert("SearchFailsOften", {
      when: { kind: "frequency", of: "events", above: 200, within: "5m" },
      severity: "SEV-2",
      summary: "One error of the search is met all the time",
      runbook: "search-fails-often",
      environments: ["prod"],
    }),
  ],
});
