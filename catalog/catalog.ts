import { catalog } from "../model/catalog";
import { access } from "./access";
import { environments } from "./environments";
import { proofs } from "./proofs";
import { analyticsBackend } from "./services/analytics-backend";
import { appService } from "./services/app-service";
import { celeryWorker } from "./services/celery-worker";
import { database } from "./services/database";
import { hosts } from "./services/hosts";
import { logging } from "./services/logging";
import { monitoring } from "./services/monitoring";
import { redis } from "./services/redis";
import { tracing } from "./services/tracing";
import { website } from "./services/website";
import { simulation } from "./simulation";
import { teams } from "./teams";

/** Everything that the estate is made from. A new service is a file in `services/` and its name here. */
export default catalog({
  organization: "company",
  runbooks: "https://runbooks.company.com",
  environments,
  teams,
  services: [appService, celeryWorker, database, analyticsBackend, hosts, redis, website, monitoring, logging, tracing],
  // Ids of the organization's own integrations, as the addresses of their settings show them.
  sentry: { organization: "company", slack: "101001", pagerDuty: "101002" },
  onCall: { support: "support", architecture: "architecture" },
  access,
  statusPage: { page: "0w2mfl8vx9rd" },
  proofs,
  simulation,
});
