import type { Variable } from "../../model/runtime-configuration";

/** What needs no quotes anywhere: a shell, Docker, ECS and every reader of such files give it back unchanged. */
const plain = /^[A-Za-z0-9_./:@%+,=-]*$/;

/**
 * A value as a POSIX shell reads it: as it is where it can be, else in single quotes, in which nothing has a meaning but the quote itself.
 * Source: POSIX.1-2017, Shell Command Language, 2.2.2 "Single-Quotes".
 */
const quoted = (value: string): string => (plain.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`);

/** Variables as the lines of a file that a shell can read (`set -a; . file`). */
export const envFile = (variables: readonly Variable[]): string =>
  variables.map(({ name, value }) => `${name}=${quoted(value)}\n`).join("");
