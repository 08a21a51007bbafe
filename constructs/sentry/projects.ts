import { Construct } from "constructs";
import type { Catalog } from "../../model/catalog";
import type { CronJob } from "../../model/cron-job";
import type { Sentry } from "../../model/error-tracking";
import { CronMonitor } from "../../providers/sentry/cron-monitor";
import { Project } from "../../providers/sentry/project";
import { ProjectInboundDataFilter } from "../../providers/sentry/project-inbound-data-filter";
import { ProjectOwnership } from "../../providers/sentry/project-ownership";
import { Team } from "../../providers/sentry/team";
import { literal } from "../terraform/literal";
import { legacyBrowsers, minutesOf, type SentryProject, sentryProjects } from "./project";

/**
 * What Sentry keeps for all environments together: a team for each that owns a service with error tracking, a project for each such
 * service, whose errors it is, what is dropped, and the schedules that its tasks check in to. The Sentry provider is the stack's.
 *
 * A project knows no environment, as a PagerDuty service does not: each event says which it is from, and so does each check-in of a
 * task. So one issue that meets staging today and production tomorrow is one, with one assignee.
 */
export class SentryProjects extends Construct {
  /** Internal id (token) of each team, by name: what owners are named by. */
  readonly teamIds: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, catalog: Catalog, { organization: slug }: Sentry) {
    super(scope, id);
    const organization = literal(slug);
    const projects = sentryProjects(catalog);
    const owners = new Set(projects.map(({ team }) => team));
    const teamScope = new Construct(this, "teams");
    const teams = new Map(
      catalog.teams
        .filter(({ name }) => owners.has(name))
        .map(({ name }) => [
          name,
          new Team(teamScope, name, { organization, name: literal(name), slug: literal(name) }),
        ]),
    );
    this.teamIds = Object.fromEntries([...teams].map(([name, team]) => [name, team.internalId]));
    for (const project of projects) {
      const team = teams.get(project.team);
      if (team === undefined)
        throw new Error(`unchecked catalog: ${project.name} has the unknown team ${project.team}`);
      addProject(new Construct(this, project.name), organization, project, team);
    }
  }
}

function addProject(scope: Construct, organization: string, value: SentryProject, team: Team): void {
  const project = new Project(scope, "project", {
    organization,
    name: literal(value.name),
    slug: literal(value.slug),
    teams: [team.slug],
    platform: value.platform,
    // Each environment has a key of its own, and alerts are the estate's.
    defaultKey: false,
    defaultRules: false,
    ...(value.ignoredMessages.length === 0 ? {} : { filters: { errorMessages: value.ignoredMessages.map(literal) } }),
  }).slug;
  new ProjectOwnership(scope, "ownership", {
    organization,
    project,
    raw: literal(value.ownership),
    // Whoever is assigned is told; nobody else is.
    fallthrough: false,
    autoAssignment: "all",
    codeownersAutoSync: false,
  });
  for (const filterId of value.filters) {
    new ProjectInboundDataFilter(scope, filterId, {
      organization,
      project,
      filterId,
      ...(filterId === "legacy-browsers" ? { subfilters: [...legacyBrowsers] } : { active: true }),
    });
  }
  // The underscore keeps ids of schedules apart from those beside them.
  const crons = new Construct(scope, "cron_monitors");
  for (const cron of value.crons) addCron(crons, { organization, project, cron, team });
}

interface CronPlace {
  readonly organization: string;
  readonly project: string;
  readonly cron: CronJob;
  readonly team: Team;
}

function addCron(scope: Construct, { organization, project, cron, team }: CronPlace): void {
  new CronMonitor(scope, cron.name, {
    organization,
    project,
    name: literal(cron.name),
    owner: { teamId: team.internalId },
    schedule: { crontab: literal(cron.schedule) },
    timezone: cron.timeZone,
    checkinMarginMinutes: minutesOf(cron.margin),
    maxRuntimeMinutes: minutesOf(cron.maxRuntime),
    failureIssueThreshold: cron.failures,
    // The next run that succeeds says that it is over.
    recoveryThreshold: 1,
  });
}
