import type { PerEnvironment } from "./register";

/** The value that holds in an environment: its own, else the default. */
export function inEnvironment<T extends string | number>(value: PerEnvironment<T>, environment: string): T {
  if (typeof value !== "object") return value;
  return new Map<string, T | undefined>(Object.entries(value)).get(environment) ?? value.default;
}

/** Every value that holds somewhere, the default first. */
export const valuesOf = <T extends string | number>(value: PerEnvironment<T>): readonly (T | undefined)[] =>
  typeof value === "object" ? Object.values(value) : [value];

/** The environments that a value names, to be held against those that exist. */
export function environmentsNamed(value: PerEnvironment<string | number> | undefined): readonly string[] {
  return typeof value === "object" ? Object.keys(value).filter((name) => name !== "default") : [];
}
