import type { FaultOutcome } from "../../simulator/fault-outcome";
import { debianProgram } from "../servers/debian";
import { UserError } from "../user-error";

/**
 * Prometheus: Debian's, unpacked into `.cache` where there is apt, else the one on the PATH.
 * @throws UserError when there is none.
 */
export function findPrometheus(onFetch: (what: string) => void): string {
  const path = debianProgram({ program: "prometheus", package: "prometheus" }, onFetch);
  if (path === undefined) {
    throw new UserError(
      "there is no prometheus: Debian's package cannot be had here, and none is on the PATH\n  fix: install Prometheus (https://prometheus.io/download)",
    );
  }
  return path;
}

/** What became of a fault, in one line. */
export function outcomeText({ fault, fired, missed, unexpected, unresolved, seconds }: FaultOutcome): string {
  const wrong = [
    ...missed.map((name) => `${name} did not fire`),
    ...unexpected.map((name) => `${name} fired and should not have`),
    ...unresolved.map((name) => `${name} did not resolve`),
  ];
  const said =
    wrong.length === 0
      ? `${fired.map(({ labels }) => labels["alertname"]).join(", ")}, and no other`
      : wrong.join("; ");
  return `${fault.name} (${seconds} s): ${said}`;
}
