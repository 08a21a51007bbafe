import type { Catalog } from "../model/catalog";
import { tablesOf } from "../model/condition";
import type { Finding } from "../model/finding";
import { environmentsNamed } from "../model/per-environment";
import type { PerEnvironment } from "../model/register";
import { alertsOf, type Service } from "../model/service";
import { didYouMean } from "../model/suggest";
import { errorRule, finding, inRule, inService, type Rule } from "./rule";

const noTeam = errorRule("service/no-owner", "A service without an owner has alerts that nobody answers.");
const unknownTeam = errorRule("service/unknown-team", "A page to a team that does not exist reaches nobody.");
const unknownEnvironment = errorRule(
  "alert/unknown-environment",
  "A setting for an environment that does not exist never applies.",
);

/** Every rule of this family. */
export const rules: readonly Rule[] = [noTeam, unknownTeam, unknownEnvironment];

const knownNames = (kind: string, names: readonly string[]): string => `write one of ${kind}: ${names.join(", ")}`;

function owner(service: Service, teams: readonly string[]): readonly Finding[] {
  const where = inService(service, "team");
  const name: string | undefined = service.team;
  if (name === undefined || name === "")
    return [finding(noTeam, where, "the service has no team", knownNames("the teams", teams))];
  if (teams.includes(name)) return [];
  return [
    finding(
      unknownTeam,
      where,
      `there is no team "${name}".${didYouMean(name, teams)}`,
      knownNames("the teams", teams),
    ),
  ];
}

function environmentNames(service: Service, environments: readonly string[]): readonly Finding[] {
  const fix = knownNames("the environments", environments);
  const unknown = (names: readonly string[], rule: string | undefined, field: string): readonly Finding[] =>
    names
      .filter((name) => !environments.includes(name))
      .map((name) =>
        finding(
          unknownEnvironment,
          rule === undefined ? inService(service, field) : inRule(service, rule, field),
          `there is no environment "${name}".${didYouMean(name, environments)}`,
          fix,
        ),
      );
  const { runtime } = service;
  const instance: PerEnvironment<string> | undefined = runtime?.kind === "rds-instance" ? runtime.instance : undefined;
  return [
    ...unknown(environmentsNamed(instance), undefined, "runtime.instance"),
    ...alertsOf(service).flatMap(({ name, when, environments: own, for: holds, severity }) => [
      ...unknown(own ?? [], name, "environments"),
      ...unknown(environmentsNamed(holds), name, "for"),
      ...unknown(environmentsNamed(severity), name, "severity"),
      ...tablesOf(when).flatMap((table) =>
        unknown(environmentsNamed(table), name, when.kind === "spoken" ? "thresholds" : "when"),
      ),
    ]),
  ];
}

/** Names of teams and environments that stand for nothing. */
export function checkReferences({ services, teams, environments, onCall, file }: Catalog): readonly Finding[] {
  const teamNames = teams.map(({ name }) => name);
  const environmentNamesKnown = environments.map(({ name }) => name);
  const levels = [
    ["onCall.support", onCall.support],
    ["onCall.architecture", onCall.architecture],
  ] as const;
  return [
    ...levels
      .filter(([, name]) => !teamNames.includes(name))
      .map(([field, name]) =>
        finding(
          unknownTeam,
          { file, field },
          `there is no team "${name}".${didYouMean(String(name), teamNames)}`,
          knownNames("the teams", teamNames),
        ),
      ),
    ...services.flatMap((service) => [
      ...owner(service, teamNames),
      ...environmentNames(service, environmentNamesKnown),
    ]),
  ];
}
