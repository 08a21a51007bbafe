import { parseDuration } from "../../model/duration";
import { type DefiniteHealth, probeOf } from "../../model/health";
import { checked } from "../../model/result";
import { servingRegex } from "./body";

/** An HTTP check of Grafana Synthetic Monitoring. */
export interface SyntheticCheck {
  readonly job: string;
  readonly target: string;
  readonly probes: readonly number[];
  readonly everyMs: number;
  readonly timeoutMs: number;
  readonly bodyRegex: string;
  readonly encrypted: boolean;
}

/** What Grafana asks of a service; undefined where it does not ask. */
export function syntheticCheck(health: DefiniteHealth): SyntheticCheck | undefined {
  const probe = probeOf(health, "grafana-synthetics");
  if (probe === undefined) return undefined;
  return {
    job: `${health.environment}-${health.service}-health`,
    target: health.url,
    probes: [...probe.probes].sort((a, b) => a - b),
    everyMs: checked(parseDuration(probe.every)) * 1000,
    timeoutMs: health.timeoutSeconds * 1000,
    bodyRegex: servingRegex,
    encrypted: health.url.startsWith("https:"),
  };
}
