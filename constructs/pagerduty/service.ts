import type { Catalog } from "../../model/catalog";
import { responseMinutes, type Tier } from "../../model/tier";
import { policyName, unroutedTier } from "./escalation";

/** A PagerDuty service: where the incidents of one service of the catalog arise. */
export interface PagerDutyService {
  readonly name: string;
  readonly description: string;
  /** Name of its escalation policy. */
  readonly policy: string;
  /** Seconds after which an acknowledged incident that is still open calls again. */
  readonly acknowledgementSeconds: number;
}

/**
 * Name of the service where alerts arise that name no service of the catalog: PagerDuty itself would suppress them, so that nobody
 * heard. Services of the catalog are in kebab-case, so that none can have this name.
 */
export const unroutedAlerts = "Unrouted alerts";

/** A day: whoever acknowledged an incident is off duty by then. */
const longestAcknowledgementSeconds = 86_400;

/**
 * An acknowledged incident calls again after the tier's response time, a day at most: as long as all levels together had to answer it,
 * and long enough to work undisturbed.
 */
const acknowledgementSeconds = (tier: Tier): number =>
  Math.min(responseMinutes[tier] * 60, longestAcknowledgementSeconds);

/** One PagerDuty service for each service of the catalog, whatever the number of environments, and one for unrouted alerts. */
export const pagerDutyServices = ({ services, onCall }: Catalog): readonly PagerDutyService[] => [
  ...services.map(({ name, description, team, tier }) => ({
    name,
    description,
    policy: policyName(team, tier),
    acknowledgementSeconds: acknowledgementSeconds(tier),
  })),
  {
    name: unroutedAlerts,
    description:
      "Alerts that name no service of the catalog: find out who sends them, and give them a service label or tag",
    policy: policyName(onCall.support, unroutedTier),
    acknowledgementSeconds: acknowledgementSeconds(unroutedTier),
  },
];
