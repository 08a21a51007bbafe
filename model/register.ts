/**
 * Where a catalog tells the compiler its own names, so that a misspelt environment or team is a compile error in services and
 * alerts. A catalog augments it once:
 *
 *     declare module "../model/register" {
 *       interface Register { environment: "dev" | "prod"; team: "payments" }
 *     }
 *
 * Without an augmentation every string is accepted by the compiler, and the checks alone refuse unknown names.
 */
// biome-ignore lint/suspicious/noEmptyInterface: catalogs augment it
export interface Register {}

type Registered<K extends string> = Register extends Readonly<Record<K, infer Name extends string>> ? Name : string;

export type EnvironmentName = Registered<"environment">;
export type TeamName = Registered<"team">;

/** A default, with exceptions by environment. */
export type EnvironmentTable<T> = { readonly default: T } & { readonly [E in EnvironmentName]?: T };

/** One value for every environment, or a table of them. */
export type PerEnvironment<T extends string | number> = T | EnvironmentTable<T>;
