import { panel } from "../../model/dashboard";
import { ratio } from "../../model/indicator";
import { oneOf, upTo } from "../../model/metric";
import { counter, gauge, telemetry } from "../../model/telemetry";

const workspaces = upTo(200, "ws-42");
const agents = upTo(20, "report-writer");

const activeUsers = gauge("analytics_active_users", {
  help: "Users active in a workspace now",
  unit: "users",
  labels: { workspace_id: workspaces },
});
const credits = counter("analytics_credits_consumed_total", {
  help: "Credits that agents consumed",
  unit: "credits",
  labels: { workspace_id: workspaces, agent_id: agents },
});
const agentRuns = counter("analytics_agent_runs_total", {
  help: "Runs of agents that ended, by how they ended",
  unit: "operations",
  labels: { agent_id: agents, outcome: oneOf("success", "failure") },
});
const succeeded = ratio(agentRuns.where({ outcome: "success" }).rate("15m"), agentRuns.rate("15m"));

/** The business of analytics: who uses it, what it costs them, and whether its agents get anywhere. */
export const analytics = telemetry("analytics", {
  metrics: { activeUsers, credits, agentRuns },
  indicators: {
    active_users: activeUsers.sum(),
    credit_consumption: credits.rate("1h").by("workspace_id"),
    credits_consumed_today: credits.increase("1d"),
    agent_success_rate: succeeded,
  },
  panels: {
    business: [
      panel("active-users", "Active users", { users: activeUsers.sum() }, { visualization: "stat" }),
      panel("agent-success", "Agent runs that succeed", { "of all runs": succeeded }, { visualization: "stat" }),
      panel("credits-today", "Credits of the last day", { credits: credits.increase("1d") }, { visualization: "stat" }),
      panel("credits-over-weeks", "Credits of an hour", { credits: credits.increase("1h") }, { weekBefore: true }),
      panel("credits-by-agent", "Credits of the last hour by agent", {
        "{{agent_id}}": credits.increase("1h").by("agent_id"),
      }),
      panel("agent-success-by-agent", "Agent runs that succeed, by agent", {
        "{{agent_id}}": succeeded.by("agent_id"),
      }),
    ],
  },
});
