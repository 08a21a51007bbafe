import { choice } from "../../model/log-field";
import { telemetry } from "../../model/telemetry";

/** Fields of an event that an auditor reads. */
export const securityLogFields = {
  event: choice(
    "security_event",
    ["sign_in_failed", "token_rejected", "permission_denied", "request_forged", "input_rejected", "rate_limited"],
    { description: "What somebody did that they may not, or failed to prove that they may" },
  ),
};

/** A sign-in that failed, by password or by token. */
export const isAuthenticationFailure = securityLogFields.event.oneOf("sign_in_failed", "token_rejected");

/** Something that no honest client does. */
export const isSecurityViolation = securityLogFields.event.oneOf(
  "permission_denied",
  "request_forged",
  "input_rejected",
);

/** The fields of security events, of a service that users sign in to. */
export const securityLogs = telemetry("security-logs", { metrics: {}, logFields: securityLogFields });
