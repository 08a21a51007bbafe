import type { EnvironmentEstate, ServiceEstate } from "../../model/estate";
import { type LogContract, logContractOf } from "../../model/log-contract";
import { memoized } from "../../model/memoized";

/** A service's events in Elasticsearch: a data stream, with an index template and an ingest pipeline of the same name. */
export interface LogStream {
  /** By Elastic's scheme for data streams: `logs-<dataset>-<namespace>`. */
  readonly name: string;
  readonly dataset: string;
  readonly contract: LogContract;
  readonly estate: ServiceEstate;
}

/**
 * A part of a data stream's name: a hyphen parts the parts, and may not be within one. Names are in kebab-case, without underscores, so that two of them stay
 * two. Source: Elastic Common Schema, "Data stream fields".
 */
export const namePart = (name: string): string => name.replaceAll("-", "_");

/** The data streams of all services of an environment. */
export const allStreams = (environment: string): string => `logs-*-${namePart(environment)}`;

/** What the whole environment has one of is called so: its lifecycle, its templates, its Logstash pipeline. */
export const sharedName = (environment: string): string => `logs-${namePart(environment)}`;

/** The data stream of every service whose events are structured, in the order of the services' names; a service without log fields has none. */
export const logStreamsOf = memoized((estate: EnvironmentEstate): readonly LogStream[] =>
  estate.services
    .flatMap((service): readonly LogStream[] => {
      const contract = logContractOf(service);
      if (contract === undefined) return [];
      const dataset = namePart(contract.service);
      return [{ name: `logs-${dataset}-${namePart(contract.environment)}`, dataset, contract, estate: service }];
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1)),
);
