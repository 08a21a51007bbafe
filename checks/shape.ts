import type { z } from "zod";
import { noAccess } from "../model/access";
import { type Catalog, onCallDefaults } from "../model/catalog";
import type { Finding } from "../model/finding";
import type { Service } from "../model/service";
import type { Simulation } from "../model/simulation";
import { errorRule, finding, inRule, inService, type Rule } from "./rule";
import { alertShape } from "./shapes/alert";
import { environmentShape } from "./shapes/environment";
import { accessShape, onCallShape, sentryShape, statusPageShape, teamShape } from "./shapes/people";
import { serviceShape } from "./shapes/service";

const wrongShape = errorRule(
  "catalog/shape",
  "A value that the compiler would refuse cannot be turned into anything; npx tsc names the line.",
);

/** Every rule of this family. */
export const rules: readonly Rule[] = [wrongShape];

/** What the other checks can read without meeting a surprise. */
interface Shaped {
  readonly findings: readonly Finding[];
  readonly sound: Catalog;
}

interface Problem {
  readonly field: string;
  readonly message: string;
}

const problems = (shape: z.ZodType, value: unknown): readonly Problem[] => {
  const parsed = shape.safeParse(value);
  if (parsed.success) return [];
  return parsed.error.issues.map(({ path, message }) => ({
    field: path.map(String).join("."),
    message: message.replace("Invalid input: ", "").replace("received undefined", "it is missing"),
  }));
};

const fix = "write the field as its type says; npx tsc names the line";

function shapeOfService(service: Service): {
  readonly findings: readonly Finding[];
  readonly sound: readonly Service[];
} {
  const own = problems(serviceShape, service).map(({ field, message }) =>
    finding(wrongShape, inService(service, field), message, fix),
  );
  if ("unmonitored" in service.alerts) return { findings: own, sound: own.length > 0 ? [] : [service] };
  const judged = service.alerts.map((alert) => ({ alert, found: problems(alertShape, alert) }));
  const findings = judged.flatMap(({ alert, found }) =>
    found.map(({ field, message }) => finding(wrongShape, inRule(service, String(alert?.name), field), message, fix)),
  );
  // The very same value, so that what renderers remember of it serves the stacks too.
  if (own.length === 0 && findings.length === 0) return { findings, sound: [service] };
  const alerts = judged.flatMap(({ alert, found }) => (found.length === 0 ? [alert] : []));
  // With every alert malformed the service would seem to have none; that is not what is wrong with it.
  const emptied = alerts.length === 0 && service.alerts.length > 0;
  return {
    findings: [...own, ...findings],
    sound:
      own.length > 0 ? [] : [{ ...service, alerts: emptied ? { unmonitored: "its alerts are malformed" } : alerts }],
  };
}

/** What is simulated, without the faults of services that something is wrong with: what they expect may be there, misshapen. */
const withoutFaultsOf = (names: readonly string[], simulation: Simulation): Simulation => ({
  ...simulation,
  faults: simulation.faults.filter(({ services }) => Object.keys(services).every((name) => !names.includes(name))),
});

/** Parts of a catalog whose shape is wrong, and the catalog without them. */
export function checkShape(catalog: Catalog): Shaped {
  const services = catalog.services.map(shapeOfService);
  const settings = <T extends { readonly name: string }>(kind: string, values: readonly T[], shape: z.ZodType) =>
    values.map((value) => ({
      value,
      findings: problems(shape, value).map(({ field, message }) =>
        finding(
          wrongShape,
          { file: catalog.file, field: [kind, value.name, field].filter((part) => part !== "").join(".") },
          message,
          fix,
        ),
      ),
    }));
  const teams = settings("teams", catalog.teams, teamShape);
  const environments = settings("environments", catalog.environments, environmentShape);
  const ofCatalog = (name: string, shape: z.ZodType, value: unknown): readonly Finding[] =>
    problems(shape, value).map(({ field, message }) =>
      finding(
        wrongShape,
        { file: catalog.file, field: [name, field].filter((part) => part !== "").join(".") },
        message,
        fix,
      ),
    );
  const access = ofCatalog("access", accessShape, catalog.access);
  const onCall = ofCatalog("onCall", onCallShape, catalog.onCall);
  const statusPage = ofCatalog("statusPage", statusPageShape.optional(), catalog.statusPage);
  const sentry = ofCatalog("sentry", sentryShape.optional(), catalog.sentry);
  const findings = [
    ...[...environments, ...teams, ...services].flatMap((judged) => judged.findings),
    ...access,
    ...onCall,
    ...statusPage,
    ...sentry,
  ];
  if (findings.length === 0) return { findings, sound: catalog };
  const malformed = services.flatMap((judged) => judged.findings.flatMap(({ where }) => where.service ?? []));
  const { statusPage: page, sentry: errorTracker, ...others } = catalog;
  return {
    findings,
    sound: {
      ...others,
      ...(page === undefined || statusPage.length > 0 ? {} : { statusPage: page }),
      ...(errorTracker === undefined || sentry.length > 0 ? {} : { sentry: errorTracker }),
      ...(onCall.length === 0 ? {} : { onCall: { ...catalog.onCall, ...onCallDefaults } }),
      access: access.length === 0 ? catalog.access : noAccess,
      services: services.flatMap(({ sound }) => sound),
      simulation: withoutFaultsOf(malformed, catalog.simulation),
      environments: environments.flatMap(({ value, findings }) => (findings.length === 0 ? [value] : [])),
      teams: teams.flatMap(({ value, findings }) => (findings.length === 0 ? [value] : [])),
    },
  };
}
