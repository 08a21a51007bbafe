import { boundedName } from "../../model/bounded-name";
import type { EnvironmentEstate } from "../../model/estate";
import type { DefiniteTracing } from "../../model/tracing";
import { tracedServices } from "../../model/tracing";

/** Longest name of a group and of a sampling rule. Source: AWS X-Ray API, CreateGroup `GroupName`; SamplingRule `RuleName`. */
const maxNameLength = 32;

/** Traces that people look at together. */
export interface XrayGroup {
  readonly service: string;
  readonly name: string;
  readonly filterExpression: string;
}

/** What share of a service's requests the SDKs trace that ask X-Ray for it. */
export interface XraySamplingRule {
  readonly service: string;
  readonly name: string;
  readonly fixedRate: number;
}

/** The traced services of an environment whose traces go to X-Ray. */
export const servicesInXray = (estate: EnvironmentEstate): readonly DefiniteTracing[] =>
  estate.environment.tracing?.backends.includes("xray") === true ? tracedServices(estate) : [];

/**
 * A group for each service: its own map, numbers and insights. Names of services are in kebab-case, and so need no escape in an expression.
 * Source: AWS X-Ray, "Using filter expressions", keyword `service`.
 */
export const xrayGroup = ({ service }: DefiniteTracing, environment: string): XrayGroup => ({
  service,
  name: boundedName(maxNameLength, environment, service),
  filterExpression: `service("${service}")`,
});

/** The share of the service's head, the same that its own environment variables say. */
export const xraySamplingRule = ({ service, headPercent }: DefiniteTracing, environment: string): XraySamplingRule => ({
  service,
  name: boundedName(maxNameLength, environment, service),
  fixedRate: headPercent / 100,
});
