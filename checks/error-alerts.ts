import { sentryAlertName } from "../constructs/sentry/alert-name";
import { limits } from "../constructs/sentry/limits";
import type { Catalog } from "../model/catalog";
import { type ErrorAlert, issueEvents, issueWindows, monitored, projectWindows } from "../model/error-alert";
import { environmentsNamed, valuesOf } from "../model/per-environment";
import type { PerEnvironment } from "../model/register";
import { runbookUrl } from "../model/runbook";
import type { Service } from "../model/service";
import { isSeverityName, severityNames } from "../model/severity";
import { didYouMean } from "../model/suggest";

/** What is wrong with a value, where within it, and what to do. */
export interface Problem {
  readonly field: string;
  readonly message: string;
  readonly fix: string;
}

const oneOf = (known: readonly string[]): string => `write one of ${known.join(", ")}`;

const unknown = (field: string, what: string, value: string, known: readonly string[]): readonly Problem[] =>
  known.includes(value)
    ? []
    : [{ field, message: `unknown ${what} "${value}".${didYouMean(value, known)}`, fix: oneOf(known) }];

/** Numbers that count something: whole, and one at least. */
export const countProblems = (field: string, value: PerEnvironment<number>): readonly Problem[] =>
  valuesOf(value)
    .filter((each) => !Number.isInteger(each) || Number(each) < 1)
    .map((each) => ({ field, message: `${each} is no count`, fix: "write a whole number, 1 or more" }));

function conditionProblems({ when }: ErrorAlert): readonly Problem[] {
  switch (when.kind) {
    case "issue":
      return when.on.length === 0
        ? [{ field: "when.on", message: "it waits for nothing", fix: oneOf(issueEvents) }]
        : when.on.flatMap((event) => unknown("when.on", "event of an issue", event, issueEvents));
    case "frequency":
      return [
        ...unknown("when.of", "count", when.of, ["events", "users"]),
        ...unknown("when.within", "window", when.within, issueWindows),
        ...countProblems("when.above", when.above),
      ];
    case "volume":
      return [
        ...unknown("when.of", "count", when.of, ["events", "users"]),
        ...unknown("when.within", "window", when.within, projectWindows),
        ...countProblems("when.above", when.above),
      ];
    case "monitor":
      return unknown("when.of", "kind of monitor", when.of, monitored);
    default: {
      const { kind }: { readonly kind: unknown } = when;
      return unknown("when.kind", "condition", String(kind), ["issue", "frequency", "volume", "monitor"]);
    }
  }
}

function severityProblems({ severity }: ErrorAlert): readonly Problem[] {
  const values = severity === undefined ? [undefined] : valuesOf(severity);
  return values.flatMap((value) =>
    value === undefined
      ? [{ field: "severity", message: "it has no severity, and so no route", fix: oneOf(severityNames) }]
      : isSeverityName(value)
        ? []
        : unknown("severity", "severity", value, severityNames),
  );
}

function namedEnvironments({ when, severity, environments = [] }: ErrorAlert): readonly string[] {
  const above = when.kind === "frequency" || when.kind === "volume" ? environmentsNamed(when.above) : [];
  return [...environments, ...environmentsNamed(severity), ...above];
}

/** Everything that is wrong with an error alert by itself. */
export function errorAlertProblems(
  alert: ErrorAlert,
  { name: service }: Service,
  { runbooks, environments }: Catalog,
): readonly Problem[] {
  const { name, summary, runbook, every = limits.every.least } = alert;
  const known = environments.map((each) => each.name);
  const page = runbookUrl(String(runbook ?? ""), runbooks);
  const longest = Math.max(...known.map((environment) => sentryAlertName({ environment, service, name }).length));
  const { least, most } = limits.every;
  return [
    ...(/^[A-Z][A-Za-z0-9]*$/.test(name)
      ? []
      : [{ field: "name", message: `"${name}" is not in CamelCase`, fix: "rename it, such as IssueAppeared" }]),
    ...(longest <= limits.alertNameLength
      ? []
      : [
          {
            field: "name",
            message: `its name in Sentry has ${longest} characters`,
            fix: `shorten it: at most ${limits.alertNameLength}`,
          },
        ]),
    ...((summary ?? "").trim() === ""
      ? [{ field: "summary", message: "it has no summary", fix: "say in one line what users suffer" }]
      : []),
    ...(page.ok
      ? []
      : [{ field: "runbook", message: page.error, fix: "write the page's URL, or its name below `runbooks`" }]),
    ...(Number.isInteger(every) && every >= least && every <= most
      ? []
      : [
          {
            field: "every",
            message: `${every} is not from ${least} to ${most} minutes`,
            fix: "write whole minutes within it",
          },
        ]),
    ...severityProblems(alert),
    ...conditionProblems(alert),
    ...namedEnvironments(alert).flatMap((each) => unknown("environments", "environment", each, known)),
  ];
}
