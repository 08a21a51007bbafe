import type { AccessOptions } from "../model/access";

/**
 * Who gets in: team, environment, roles. Who is not here does not get in.
 *
 * People sign in through the company's identity provider, `company-sso` in every account and cluster; it sends each with the groups
 * `estate-<environment>-<team>`.
 */
export const access = {
  grants: {
    // Answers every page first, wherever it comes from.
    support: { staging: ["viewer"], prod: ["on-call"] },
    platform: { dev: ["editor", "on-call"], staging: ["editor", "on-call"], prod: ["editor", "on-call"] },
    backend: { dev: ["editor"], staging: ["viewer", "editor"], prod: ["editor", "on-call"] },
    analytics: { dev: ["editor"], staging: ["viewer", "editor"], prod: ["editor", "on-call"] },
    // Reviews what is configured, and is called last: only production's incidents reach it.
    architecture: { staging: ["auditor"], prod: ["on-call", "auditor"] },
  },
  aws: { kind: "saml", provider: "company-sso" },
  kibana: { kind: "groups", realm: "company-sso" },
  datadog: { kind: "saml", attribute: "memberOf" },
} as const satisfies AccessOptions;
