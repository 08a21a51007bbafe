import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { Construct } from "constructs";
import type { EnvironmentEstate } from "../../model/estate";
import { literal, literals } from "../terraform/literal";
import { tierFor } from "../terraform/parameter-size";
import { runtimeFiles } from "./runtime-files";

export interface RuntimeConfigurationOptions {
  /**
   * Where each service sends its errors, by its name; may be references to resources' attributes. A DSN lets whoever has it send events and read none
   * (Sentry documentation, "Data Source Name"), and is no secret. Default: none, and the service sends none.
   */
  readonly sentryDsns?: Readonly<Record<string, string>>;
}

/**
 * What the services of an environment are told at their start: one parameter for each, since a parameter for every variable would be hundreds. None
 * is a secret, so that a plan shows what would change.
 */
export class RuntimeConfiguration extends Construct {
  constructor(
    scope: Construct,
    id: string,
    estate: EnvironmentEstate,
    { sentryDsns = {} }: RuntimeConfigurationOptions = {},
  ) {
    super(scope, id);
    for (const { service, parameter, content } of runtimeFiles(estate)) {
      const dsn = sentryDsns[service.service.name];
      new SsmParameter(this, service.service.name, {
        name: literal(parameter),
        description: literal(`Environment variables of ${service.service.name} in ${estate.environment.name}`),
        type: "String",
        // A DSN takes about a hundred bytes more, and may not be known yet.
        tier: tierFor(content + (dsn === undefined ? "" : " ".repeat(dsnBytes))),
        insecureValue: literal(content) + (dsn === undefined ? "" : `SENTRY_DSN=${dsn}\n`),
        tags: literals(service.tags),
      });
    }
  }
}

/** Room for a line with a DSN: its name, a key of 32 digits, a host and a project. */
const dsnBytes = 160;
