import type { Alert } from "../../../model/alert";
import type { AlertRule } from "../../../model/alert-rule";
import { exampleEstate, exampleService } from "../../support/example";

/** An alert of the example service, made definite in one environment. */
export function onlyRule(alert: Alert, environment: "dev" | "prod" = "prod"): AlertRule {
  const [rule] = exampleEstate(environment, [exampleService({ alerts: [alert] })]).services.flatMap(
    ({ alerts }) => alerts,
  );
  if (rule === undefined) throw new Error(`${alert.name} does not exist in ${environment}`);
  return rule;
}
