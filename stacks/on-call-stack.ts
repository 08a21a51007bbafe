import { PagerdutyProvider } from "@cdktf/provider-pagerduty/lib/provider";
import { TerraformOutput } from "cdktf";
import { Construct } from "constructs";
import { OnCall } from "../constructs/pagerduty/on-call";
import { StatusPage } from "../constructs/statuspage/status-page";
import type { Catalog } from "../model/catalog";
import { StatuspageProvider } from "../providers/statuspage/provider";
import type { StackState } from "./backend";
import { EstateStack } from "./estate-stack";
import { addMoves } from "./moves";

/** Name of the stack that all environments share. */
export const onCallStackName = "on-call";

/** Output that maps a service's name to its PagerDuty id; the environments' stacks read it. */
export const serviceIdsOutput = "pagerduty_service_ids";

/** Where the on-call stack keeps its state. */
export const onCallState = ({ organization, onCall }: Catalog): StackState => ({
  organization,
  stack: onCallStackName,
  state: onCall.state,
});

/** Teams, schedules, escalation policies and services of PagerDuty, and the status page: what knows no environment. */
export class OnCallStack extends EstateStack {
  constructor(scope: Construct, catalog: Catalog) {
    super(scope, onCallState(catalog));
    // The token comes from the environment variable PAGERDUTY_TOKEN, so that it is in no file.
    const providers = new Construct(this, "providers");
    new PagerdutyProvider(providers, "pagerduty");

    const onCall = new OnCall(this, "pagerduty", catalog);
    new TerraformOutput(this, serviceIdsOutput, { value: onCall.serviceIds, staticId: true });
    if (catalog.statusPage !== undefined) {
      // The key comes from the environment variable STATUSPAGE_API_KEY.
      new StatuspageProvider(providers, "statuspage");
      new StatusPage(this, "status-page", catalog, catalog.statusPage);
    }
    addMoves(this, catalog.services);
  }
}
