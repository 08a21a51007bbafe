import type { TeamOptions } from "../model/team";

/** Shifts change on Mondays at 09:00 in Berlin, when whoever leaves and whoever comes are both at work. */
const rotationFrom = { timeZone: "Europe/Berlin", start: "2026-01-05" } as const;

/** Who answers. Support is called first, then the team that owns the service, then architecture. */
export const teams = {
  support: {
    description: "First to answer every page: restores service by the runbook, or calls the owning team",
    slack: "#incidents",
    email: "support@company.com",
    onCall: {
      ...rotationFrom,
      rotation: ["amara.okafor@company.com", "jonas.weber@company.com", "mei.tanaka@company.com"],
    },
  },
  platform: {
    description: "Hosts, databases, the network, and the observability of everything",
    slack: "#observability",
    email: "platform@company.com",
    onCall: {
      ...rotationFrom,
      rotation: ["lucia.ferrari@company.com", "tomasz.nowak@company.com", "priya.nair@company.com"],
    },
  },
  backend: {
    description: "Users, orders and payments: the application and its background jobs",
    slack: "#backend-alerts",
    email: "backend@company.com",
    onCall: {
      ...rotationFrom,
      rotation: ["daniel.silva@company.com", "hanna.lindqvist@company.com", "omar.haddad@company.com"],
    },
  },
  analytics: {
    description: "Analytics, agents and credits",
    slack: "#analytics-alerts",
    email: "analytics@company.com",
    onCall: {
      ...rotationFrom,
      rotation: ["elena.petrova@company.com", "samuel.mensah@company.com"],
    },
  },
  architecture: {
    description: "Last to be called: decides across teams when an incident outlasts the owning one",
    slack: "#architecture-alerts",
    email: "architecture@company.com",
    onCall: {
      ...rotationFrom,
      rotation: ["ingrid.bauer@company.com", "rafael.moreno@company.com"],
    },
  },
} as const satisfies Readonly<Record<string, TeamOptions>>;

// Tells the compiler their names, so that a misspelt team does not compile anywhere in the catalog.
declare module "../model/register" {
  interface Register {
    team: keyof typeof teams;
  }
}
