import type { HealthStatus } from "../../model/health";

/**
 * RE2 expression of a body whose own status is one of these. It is anchored, since each dependency has a status too: a degraded
 * service with a healthy database would otherwise pass for healthy. So `status` is the first member, as the contract says.
 */
export const statusRegex = (...statuses: readonly HealthStatus[]): string =>
  `^\\s*\\{\\s*"status"\\s*:\\s*"(?:${statuses.join("|")})"`;

/** A body of a service that serves. */
export const servingRegex = statusRegex("healthy", "degraded");

/**
 * Text that every body of the contract begins with, in its compact form. Route 53 knows no expression; the HTTP status tells it who serves, and
 * this that it is the service which answers, not a page in front of it.
 * Source: Amazon Route 53 Developer Guide, "How Route 53 determines whether a health check is healthy" (status and string).
 */
export const searchString = '{"status":"';
