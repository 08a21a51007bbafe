import { PagerdutyProvider } from "@cdktf/provider-pagerduty/lib/provider";
import { TerraformOutput } from "cdktf";
import { Construct } from "constructs";
import { OpsgenieOnCall } from "../constructs/opsgenie/on-call";
import { OnCall } from "../constructs/pagerduty/on-call";
import { SentryProjects } from "../constructs/sentry/projects";
import { StatusPage } from "../constructs/statuspage/status-page";
import type { Catalog } from "../model/catalog";
import { never } from "../model/result";
import { SentryProvider } from "../providers/sentry/provider";
import { StatuspageProvider } from "../providers/statuspage/provider";
import type { StackState } from "./backend";
import { EstateStack } from "./estate-stack";
import { addMoves } from "./moves";
import { addOpsgenieProvider } from "./opsgenie-provider";

/** Name of the stack that all environments share. */
export const onCallStackName = "on-call";

/** Output that maps a service's name to its PagerDuty id; the environments' stacks read it. */
export const serviceIdsOutput = "pagerduty_service_ids";

/** Output that maps a team's name to its internal id in Sentry; the environments' stacks read it. */
export const sentryTeamsOutput = "sentry_team_ids";

/** Output that maps a team's name to its Opsgenie id, where that is the pager. */
export const opsgenieTeamIdsOutput = "opsgenie_team_ids";

/** Where the on-call stack keeps its state. */
export const onCallState = ({ organization, onCall }: Catalog): StackState => ({
  organization,
  stack: onCallStackName,
  state: onCall.state,
});

/**
 * Teams, schedules, escalation policies and services of the pager, teams and projects of Sentry, and the status page: what knows no
 * environment.
 */
export class OnCallStack extends EstateStack {
  constructor(scope: Construct, catalog: Catalog) {
    super(scope, onCallState(catalog));
    const { sentry, statusPage } = catalog;
    const providers = new Construct(this, "providers");
    addPeople(this, providers, catalog);
    if (statusPage !== undefined) {
      // The key comes from the environment variable STATUSPAGE_API_KEY.
      new StatuspageProvider(providers, "statuspage");
      new StatusPage(this, "status-page", catalog, statusPage);
    }
    if (sentry !== undefined) {
      // The token comes from the environment variable SENTRY_AUTH_TOKEN.
      new SentryProvider(providers, "sentry", { baseUrl: sentry.api });
      const { teamIds } = new SentryProjects(this, "sentry", catalog, sentry);
      new TerraformOutput(this, sentryTeamsOutput, { value: teamIds, staticId: true });
    }
    addMoves(this, catalog.services);
  }
}

/** Who is called, in the pager that the catalog has chosen, with what the environments' stacks need of it. */
function addPeople(stack: OnCallStack, providers: Construct, catalog: Catalog): void {
  const { pager, opsgenieRegion } = catalog.onCall;
  switch (pager) {
    case "pagerduty": {
      // The token comes from the environment variable PAGERDUTY_TOKEN, so that it is in no file.
      new PagerdutyProvider(providers, "pagerduty");
      const { serviceIds } = new OnCall(stack, "pagerduty", catalog);
      new TerraformOutput(stack, serviceIdsOutput, { value: serviceIds, staticId: true });
      return;
    }
    case "opsgenie": {
      addOpsgenieProvider(providers, opsgenieRegion);
      const { teamIds } = new OpsgenieOnCall(stack, "opsgenie", catalog);
      new TerraformOutput(stack, opsgenieTeamIdsOutput, { value: teamIds, staticId: true });
      return;
    }
    default:
      never(pager);
  }
}
