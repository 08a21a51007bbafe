import type { Fault } from "../../model/fault";
import { analyticsFaults } from "./analytics";
import { apiFaults } from "./api";
import { databaseFaults } from "./database";
import { hostFaults } from "./hosts";
import { loggingFaults } from "./logging";
import { monitoringFaults } from "./monitoring";
import { redisFaults } from "./redis";
import { tracingFaults } from "./tracing";
import { websiteFaults } from "./website";
import { workerFaults } from "./workers";

/** What is known to go wrong, and exactly who must say so in production: `./estate simulate` makes each happen. */
export const faults: readonly Fault[] = [
  ...apiFaults,
  ...workerFaults,
  ...databaseFaults,
  ...analyticsFaults,
  ...hostFaults,
  ...redisFaults,
  ...websiteFaults,
  ...monitoringFaults,
  ...loggingFaults,
  ...tracingFaults,
];
