import fc from "fast-check";
import shipped from "../../../catalog/catalog";
import { aggregatorConfig } from "../../../constructs/fluentd/aggregator";
import { type EnvironmentOptions, environment } from "../../../model/environment";
import { type EnvironmentEstate, estateOf } from "../../../model/estate";
import { logCapacity, type ShippedService } from "../../../model/log-capacity";
import type { LogShipping } from "../../../model/log-shipping";
import { type Logging, logLevels } from "../../../model/logging";
import type { LogEvent } from "./interpreter";

const options: EnvironmentOptions = {
  account: "777788889999",
  region: "eu-central-1",
  production: true,
  retentionDays: 30,
  grafana: "https://grafana.company.com",
};

/** The shipped services in an environment whose logs travel as said, every service logging as said. */
export function estateWith(logShipping: LogShipping, logging?: Logging): EnvironmentEstate {
  const prod = environment("prod", { ...options, logShipping });
  const services =
    logging === undefined ? shipped.services : shipped.services.map((service) => ({ ...service, logging }));
  return estateOf({ ...shipped, services, environments: [prod] }, prod);
}

export const all: LogShipping = { outputs: ["elasticsearch", "cloudwatch", "s3", "datadog"], bucket: "company-logs" };

export const configWith = (logShipping: LogShipping = all, logging?: Logging) =>
  aggregatorConfig(estateWith(logShipping, logging));

const identifier = fc.stringMatching(/^[0-9a-f]{8}$/);
const sensitive = fc.constantFrom(
  "ann@example.com asked",
  "card 4111 1111 1111 1111 refused",
  "Authorization: Bearer abcdefghijklmnop.qrst",
  "dsn host=db password=hunter2 user=app",
  "nothing to hide",
);

/** Events as a service logs them, in the order of time. */
export const eventsOf = ({ tag, contract }: ShippedService, most = 40): fc.Arbitrary<readonly LogEvent[]> =>
  fc
    .array(
      fc.record({
        gap: fc.integer({ min: 0, max: 20_000 }),
        record: fc.record(
          {
            level: fc.constantFrom(...logLevels),
            message: sensitive,
            trace_id: identifier,
            workspace_id: fc.constantFrom("w1", "w2"),
            client_ip: fc.ipV4(),
            error_details: fc.oneof(fc.string(), sensitive),
            extra: fc.record({ note: sensitive, list: fc.array(sensitive, { maxLength: 2 }) }),
          },
          { requiredKeys: ["level", "message"] },
        ),
      }),
      { maxLength: most },
    )
    .map((events) => {
      let time = 1_700_000_000_000;
      return events.map(({ gap, record }) => {
        time += gap;
        return { tag, time, record: { ...record, service: contract.service } };
      });
    });

/** A service of an estate and events of it. */
export const anyEvents = (estate: EnvironmentEstate) =>
  fc
    .constantFrom(...logCapacity(estate).services)
    .chain((service) => fc.record({ service: fc.constant(service), events: eventsOf(service) }));
