import { groupName, type Role } from "../../model/access";
import type { EnvironmentEstate } from "../../model/estate";
import { accessOf, type TeamAccess } from "../../model/team-access";
import { logStreamsOf } from "../elasticsearch/stream";

/** What may be done with a feature of Kibana, in the environment's space. */
type FeatureLevel = "read" | "all";

/** The features that roles are about. Source: Kibana guide, "Kibana privileges", "Feature privileges"; Kibana API, "Get features". */
const features = ["dashboard", "discover", "indexPatterns", "savedObjectsManagement", "stackAlerts"] as const;
type Feature = (typeof features)[number];

/** What a role of the catalog allows in Kibana and Elasticsearch. */
interface Allowed {
  /** Privileges of the whole cluster. Source: Elasticsearch guide, "Security privileges". */
  readonly cluster: readonly string[];
  /** Privileges on the data streams of the services that the role is about; none: it sees no event. */
  readonly streams: readonly string[];
  readonly features: Readonly<Partial<Record<Feature, FeatureLevel>>>;
}

const reading: Allowed = {
  cluster: [],
  streams: ["read", "view_index_metadata"],
  features: { dashboard: "read", discover: "read", stackAlerts: "read" },
};

/**
 * What each role may do. Nobody may change a rule, a connector, a lifecycle or a role: what wakes people, and what is kept, is the catalog's.
 * Whoever is on call mutes in Alertmanager and at the pager, where the alerts of Kibana are too.
 */
const allowed: Readonly<Record<Role, Allowed>> = {
  viewer: reading,
  "on-call": reading,
  editor: { ...reading, features: { dashboard: "all", discover: "all", stackAlerts: "read" } },
  auditor: {
    // Not `read_pipeline`: the salt of what is hashed stands in the pipelines.
    cluster: ["read_ilm", "read_security", "read_slm"],
    streams: ["view_index_metadata"],
    features: { indexPatterns: "read", savedObjectsManagement: "read", stackAlerts: "read" },
  },
};

/** The role of a team in Kibana, and who has it. */
export interface KibanaRole {
  readonly team: string;
  /** Name of the role, of its mapping, and of the group that the realm gives. */
  readonly name: string;
  readonly description: string;
  readonly cluster: readonly string[];
  readonly indices: readonly { readonly names: readonly string[]; readonly privileges: readonly string[] }[];
  readonly features: readonly { readonly name: Feature; readonly privileges: readonly FeatureLevel[] }[];
  /** Who has it, as the rules of a role mapping. Source: Elasticsearch guide, "Create or update role mappings API", "Role mapping rules". */
  readonly rules: { readonly all: readonly { readonly field: Readonly<Record<string, string>> }[] };
}

const sorted = <T extends string>(values: Iterable<T>): readonly T[] => [...new Set(values)].sort();

/** The privileges on data streams that are the same for several of them, together. */
function indicesOf(estate: EnvironmentEstate, access: readonly TeamAccess[]): KibanaRole["indices"] {
  const byPrivileges = new Map<string, { readonly names: string[]; readonly privileges: readonly string[] }>();
  for (const stream of logStreamsOf(estate)) {
    const held = access.filter(({ services }) => services.some(({ service }) => service === stream.estate.service));
    const privileges = sorted(held.flatMap(({ role }) => allowed[role].streams));
    if (privileges.length === 0) continue;
    const key = privileges.join(" ");
    const known = byPrivileges.get(key) ?? { names: [], privileges };
    known.names.push(stream.name);
    byPrivileges.set(key, known);
  }
  return [...byPrivileges.values()];
}

/** Each feature at the most that any of the roles allows. */
const featuresOf = (access: readonly TeamAccess[]): KibanaRole["features"] =>
  features.flatMap((name) => {
    const levels = access.flatMap(({ role }) => allowed[role].features[name] ?? []);
    return levels.length === 0 ? [] : [{ name, privileges: [levels.includes("all") ? "all" : "read"] }];
  });

/**
 * A role for each team that the access table names in the environment, with everything that its roles allow. Nothing where nobody has them.
 * Within a space Kibana tells no team's saved objects from another's, so that an editor may change all of the environment's.
 */
export function kibanaRolesOf(estate: EnvironmentEstate): readonly KibanaRole[] {
  const { kibana } = estate.access;
  if (kibana.kind === "nobody") return [];
  const { name: environment } = estate.environment;
  const access = accessOf(estate);
  return estate.teams.flatMap(({ name: team }) => {
    const own = access.filter((each) => each.team.name === team);
    if (own.length === 0) return [];
    const name = groupName(environment, team);
    return [
      {
        team,
        name,
        description: `${team} in ${environment}: ${own.map(({ role }) => role).join(", ")}`,
        cluster: sorted(own.flatMap(({ role }) => allowed[role].cluster)),
        indices: indicesOf(estate, own),
        features: featuresOf(own),
        rules: { all: [{ field: { "realm.name": kibana.realm } }, { field: { groups: name } }] },
      },
    ];
  });
}
