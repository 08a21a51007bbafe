import { EventOrchestration as Orchestration } from "@cdktf/provider-pagerduty/lib/event-orchestration";
import { EventOrchestrationGlobal } from "@cdktf/provider-pagerduty/lib/event-orchestration-global";
import { EventOrchestrationIntegrationA } from "@cdktf/provider-pagerduty/lib/event-orchestration-integration";
import { EventOrchestrationRouter } from "@cdktf/provider-pagerduty/lib/event-orchestration-router";
import { Fn, Token } from "cdktf";
import { Construct } from "constructs";
import type { EnvironmentEstate } from "../../model/estate";
import { checked } from "../../model/result";
import { literal } from "../terraform/literal";
import { eventRules, routingRules } from "./orchestration";
import { unroutedAlerts } from "./service";

/** The set in which PagerDuty begins. Source: PagerDuty Terraform provider, `pagerduty_event_orchestration_router`, `set`. */
const startSet = "start";

/** @throws Error for a service that the on-call stack does not know: a defect of ours. */
function serviceId(serviceIds: Readonly<Record<string, string>>, service: string): string {
  const id = serviceIds[service];
  if (id === undefined) throw new Error(`unchecked value: no PagerDuty service is named ${service}`);
  return id;
}

/**
 * The one way in for an environment's events: one routing key, rules for their severity, and a router to the services. What names no
 * service of the catalog goes to the service for unrouted alerts, so that somebody hears; the "unrouted" orchestration, which
 * would suppress it, is therefore never reached and not declared.
 *
 * The rules for severity and for CloudWatch need the AIOps add-on of PagerDuty (global orchestrations); routing does not.
 * @throws Error on what the checks refuse; they run first.
 */
export class EventOrchestration extends Construct {
  /**
   * Routing key (sensitive token) that every sender of the environment uses. One for all: PagerDuty drops an acknowledge or resolve
   * event that comes by another key than its trigger. It belongs to an integration of its own, so that integrations added by hand
   * cannot take its place.
   */
  readonly routingKey: string;

  constructor(scope: Construct, id: string, estate: EnvironmentEstate, serviceIds: Readonly<Record<string, string>>) {
    super(scope, id);
    const { environment } = estate;
    const eventOrchestration = new Orchestration(this, "orchestration", {
      name: literal(environment.name),
      description: literal(`Events of the environment ${environment.name}, from all senders`),
    }).id;
    const integration = new EventOrchestrationIntegrationA(this, "integration", {
      eventOrchestration,
      label: "All senders",
    });
    this.routingKey = Token.asString(Fn.sensitive(integration.parameters.get(0).routingKey));
    new EventOrchestrationGlobal(this, "severity", {
      eventOrchestration,
      set: [
        {
          id: startSet,
          rule: eventRules(estate).map(({ label, conditions, severity, eventAction, extractions = [] }) => ({
            label,
            condition: conditions.map((expression) => ({ expression: literal(expression) })),
            actions: {
              ...(severity === undefined ? {} : { severity }),
              ...(eventAction === undefined ? {} : { eventAction }),
              ...(extractions.length === 0
                ? {}
                : {
                    extraction: extractions.map((extraction) => ({ ...extraction, regex: literal(extraction.regex) })),
                  }),
            },
          })),
        },
      ],
      catchAll: { actions: {} },
    });
    new EventOrchestrationRouter(this, "router", {
      eventOrchestration,
      set: {
        id: startSet,
        rule: checked(routingRules(estate)).map(({ label, service, conditions }) => ({
          label: literal(label),
          condition: conditions.map((expression) => ({ expression: literal(expression) })),
          actions: { routeTo: serviceId(serviceIds, service) },
        })),
      },
      catchAll: { actions: { routeTo: serviceId(serviceIds, unroutedAlerts) } },
    });
  }
}
