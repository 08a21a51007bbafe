import type { EnvironmentEstate } from "./estate";
import { type LogContract, logContractOf } from "./log-contract";
import { type LogRate, peakRate, share, sumOf } from "./log-rate";
import { logShippingOf } from "./log-shipping";
import { memoized } from "./memoized";

/** What must be carried from one service. */
export interface ShippedService {
  readonly contract: LogContract;
  readonly logGroup: string;
  /** The tag of its events in Fluentd. */
  readonly tag: string;
  readonly peak: LogRate;
}

/** What an environment's Fluentd must carry, and with how many processes. */
export interface LogCapacity {
  readonly services: readonly ShippedService[];
  readonly peak: LogRate;
  readonly aggregators: number;
  /** Processes left when one is away. */
  readonly carrying: number;
  /** The peak of one process while another is away. */
  readonly perProcess: LogRate;
}

/** Bytes of an event in a buffer beyond its JSON: tag, time and MessagePack's frame; MessagePack itself is the smaller of the two. */
const overheadBytes = 32;

/**
 * Services whose events Fluent Bit collects: those that log by the contract in tasks of ECS. A database's text and a host's journal
 * reach CloudWatch by RDS and the CloudWatch agent.
 */
const shippedServices = ({ services }: EnvironmentEstate): readonly ShippedService[] =>
  services.flatMap((estate) => {
    const { kind } = estate.service.runtime;
    const contract = kind === "ecs-service" || kind === "celery-worker" ? logContractOf(estate) : undefined;
    if (contract === undefined) return [];
    return [
      {
        contract,
        logGroup: estate.logGroup.name,
        tag: `logs.${contract.service}`,
        peak: peakRate(contract.logging, overheadBytes),
      },
    ];
  });

/** What an environment's Fluentd must carry. Everything else about it is computed from this. */
export const logCapacity = memoized((estate: EnvironmentEstate): LogCapacity => {
  const shipping = logShippingOf(estate.environment);
  const services = shippedServices(estate);
  const peak = sumOf(services.map((service) => service.peak));
  const { aggregators = Math.ceil(peak.events / shipping.eventsPerAggregator) + 1 } = shipping;
  const carrying = Math.max(1, aggregators - 1);
  return { services, peak, aggregators, carrying, perProcess: share(peak, carrying) };
});

const mib = 1024 ** 2;

/** MiB that hold a rate for some hours, rounded up. */
export const mibFor = ({ bytes }: LogRate, hours: number): number => Math.ceil((bytes * hours * 3600) / mib);

/** What a flushing thread can take off a buffer: one full chunk in each interval, in bytes a second. */
export const flushBytesPerSecond = (buffer: {
  readonly threads: number;
  readonly chunkMib: number;
  readonly intervalSeconds: number;
}): number => (buffer.threads * buffer.chunkMib * mib) / buffer.intervalSeconds;
