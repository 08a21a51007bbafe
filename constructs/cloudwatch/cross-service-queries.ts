import type { EnvironmentEstate } from "../../model/estate";
import { isStructured } from "../../model/log-contract";
import { logFieldsOf, type Service } from "../../model/service";

/** A saved query over the log groups of several services. */
export interface CrossServiceQuery {
  /** In a folder of its own, beside those of the services. */
  readonly name: string;
  readonly text: string;
  /** The services whose log groups it reads: those that have every field of it. */
  readonly services: readonly string[];
}

/** What one asks of all services at once; `needs` are the fields that a service must have to be asked. */
const questions = [
  {
    key: "Errors by type and service",
    needs: ["level", "service", "error_type"],
    text: `fields @timestamp
| filter level in ["ERROR", "CRITICAL"]
| stats count(*) as errors by error_type, service
| sort errors desc
| limit 100`,
  },
  {
    key: "Errors by service and hour",
    needs: ["level", "service"],
    text: `filter level in ["ERROR", "CRITICAL"]
| stats count(*) as errors by service, bin(1h)`,
  },
  {
    key: "One operation through all services",
    needs: ["service", "level", "message", "correlation_id", "request_id", "trace_id"],
    text: `fields @timestamp, service, level, message, request_id, trace_id
| filter correlation_id = "PUT-THE-ID-HERE" or request_id = "PUT-THE-ID-HERE" or trace_id = "PUT-THE-ID-HERE"
| sort @timestamp asc
| limit 1000`,
  },
] as const;

const has = (service: Service, needs: readonly string[]): boolean => {
  const fields = logFieldsOf(service);
  return isStructured(fields) && needs.every((need) => fields.some(({ name }) => name === need));
};

/** The questions that at least two services of an environment can be asked together. */
export const crossServiceQueries = ({ services }: EnvironmentEstate): readonly CrossServiceQuery[] =>
  questions.flatMap(({ key, needs, text }) => {
    const asked = services.filter(({ service }) => has(service, needs)).map(({ service }) => service.name);
    return asked.length < 2 ? [] : [{ name: `all-services/${key}`, text, services: asked }];
  });
