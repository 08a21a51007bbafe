import { awsRegions, retentionDays } from "../model/aws";
import type { Catalog } from "../model/catalog";
import { type Environment, evaluators, type State } from "../model/environment";
import type { Finding, Where } from "../model/finding";
import { didYouMean } from "../model/suggest";
import { errorRule, finding, type Rule } from "./rule";

const account = errorRule(
  "environment/account",
  "Without the right account number a plan could change another account's estate.",
);
const region = errorRule("environment/region", "A region that does not exist fails only when AWS is called.");
const retention = errorRule(
  "environment/retention",
  "CloudWatch Logs refuses any other number of days, in the middle of a deployment.",
);
const url = errorRule("environment/url", "Links in a page at night must open.");
const state = errorRule("environment/state", "A state that cannot be found is an estate that is created twice.");
const evaluator = errorRule("environment/evaluator", "An alert that nobody evaluates never fires.");
const none = errorRule("environment/none", "A catalog without environments is an estate of nothing.");

/** Every rule of this family. */
export const rules: readonly Rule[] = [account, region, retention, url, state, evaluator, none];

const isUrl = (text: unknown): boolean => typeof text === "string" && URL.canParse(text) && /^https?:/.test(text);

/** S3's rules for names (Amazon S3 User Guide, "General purpose bucket naming rules"). */
const bucketName = /^(?!xn--)(?!.*\.\.)(?!\d+\.\d+\.\d+\.\d+$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

function unknownRegion(where: Where, value: string): readonly Finding[] {
  if (awsRegions.some((known) => known === value)) return [];
  return [
    finding(
      region,
      where,
      `there is no AWS region "${value}".${didYouMean(String(value), awsRegions)}`,
      "write a region's code, such as eu-west-1",
    ),
  ];
}

function stateProblems(setting: State, where: Where): readonly Finding[] {
  switch (setting.kind) {
    case "local":
      return [];
    case "s3":
      return [
        ...(bucketName.test(setting.bucket)
          ? []
          : [
              finding(
                state,
                where,
                `"${setting.bucket}" is not the name of an S3 bucket`,
                "write 3 to 63 lower-case letters, digits, hyphens or dots",
              ),
            ]),
        ...unknownRegion(where, setting.region),
      ];
    default: {
      const { kind }: { readonly kind: unknown } = setting;
      return [
        finding(
          state,
          where,
          `unknown kind of state ${JSON.stringify(kind)}`,
          'write { kind: "local" } or { kind: "s3", bucket, region }',
        ),
      ];
    }
  }
}

function nearestRetention(days: number): number {
  return retentionDays.reduce<number>(
    (best, known) => (Math.abs(known - days) < Math.abs(best - days) ? known : best),
    1,
  );
}

function environmentProblems(environment: Environment, file: string): readonly Finding[] {
  const where = (field: string): Where => ({ file, field: `environments.${environment.name}.${field}` });
  const found: Finding[] = [];
  if (!/^\d{12}$/.test(environment.account)) {
    found.push(
      finding(
        account,
        where("account"),
        `"${environment.account}" is not an AWS account number`,
        "write its 12 digits, as text",
      ),
    );
  }
  found.push(...unknownRegion(where("region"), environment.region));
  const days: number = environment.retentionDays;
  if (!retentionDays.some((known) => known === days)) {
    found.push(
      finding(
        retention,
        where("retentionDays"),
        `CloudWatch Logs cannot keep events for ${days} days; the nearest it can is ${nearestRetention(days)}`,
        `write one of ${retentionDays.join(", ")}`,
      ),
    );
  }
  for (const field of ["grafana", "datadog"] as const) {
    if (!isUrl(environment[field]))
      found.push(finding(url, where(field), `"${environment[field]}" is not a URL`, "write it whole, with https://"));
  }
  if (!evaluators.some((known) => known === environment.evaluator)) {
    found.push(
      finding(
        evaluator,
        where("evaluator"),
        `unknown evaluator "${environment.evaluator}".${didYouMean(environment.evaluator, evaluators)}`,
        `write one of ${evaluators.join(", ")}`,
      ),
    );
  }
  return [...found, ...stateProblems(environment.state, where("state"))];
}

/** Environments that cannot be deployed to. */
export function checkEnvironments({ environments, onCall, file }: Catalog): readonly Finding[] {
  if (environments.length === 0)
    return [finding(none, { file, field: "environments" }, "there is no environment", "declare at least one")];
  return [
    ...environments.flatMap((environment) => environmentProblems(environment, file)),
    ...stateProblems(onCall.state, { file, field: "onCall.state" }),
  ];
}
