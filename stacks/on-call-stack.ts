import { PagerdutyProvider } from "@cdktf/provider-pagerduty/lib/provider";
import { TerraformOutput } from "cdktf";
import { Construct } from "constructs";
import { OnCall } from "../constructs/pagerduty/on-call";
import { SentryProjects } from "../constructs/sentry/projects";
import { StatusPage } from "../constructs/statuspage/status-page";
import type { Catalog } from "../model/catalog";
import { SentryProvider } from "../providers/sentry/provider";
import { StatuspageProvider } from "../providers/statuspage/provider";
import type { StackState } from "./backend";
import { EstateStack } from "./estate-stack";
import { addMoves } from "./moves";

/** Name of the stack that all environments share. */
export const onCallStackName = "on-call";

/** Output that maps a service's name to its PagerDuty id; the environments' stacks read it. */
export const serviceIdsOutput = "pagerduty_service_ids";

/** Output that maps a team's name to its internal id in Sentry; the environments' stacks read it. */
export const sentryTeamsOutput = "sentry_team_ids";

/** Where the on-call stack keeps its state. */
export const onCallState = ({ organization, onCall }: Catalog): StackState => ({
  organization,
  stack: onCallStackName,
  state: onCall.state,
});

/**
 * Teams, schedules, escalation policies and services of PagerDuty, teams and projects of Sentry, and the status page: what knows no
 * environment.
 */
export class OnCallStack extends EstateStack {
  constructor(scope: Construct, catalog: Catalog) {
    super(scope, onCallState(catalog));
    const { sentry, statusPage } = catalog;
    const providers = new Construct(this, "providers");
    // Tokens come from environment variables, so that they are in no file: PAGERDUTY_TOKEN, SENTRY_AUTH_TOKEN, STATUSPAGE_API_KEY.
    new PagerdutyProvider(providers, "pagerduty");
    if (sentry !== undefined) new SentryProvider(providers, "sentry", { baseUrl: sentry.api });
    if (statusPage !== undefined) new StatuspageProvider(providers, "statuspage");

    const onCall = new OnCall(this, "pagerduty", catalog);
    new TerraformOutput(this, serviceIdsOutput, { value: onCall.serviceIds, staticId: true });
    if (statusPage !== undefined) new StatusPage(this, "status-page", catalog, statusPage);
    if (sentry !== undefined) {
      const { teamIds } = new SentryProjects(this, "sentry", catalog, sentry);
      new TerraformOutput(this, sentryTeamsOutput, { value: teamIds, staticId: true });
    }
    addMoves(this, catalog.services);
  }
}
