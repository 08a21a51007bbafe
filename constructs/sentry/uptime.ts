import type { DefiniteHealth } from "../../model/health";

/** The name of the monitor of a service's health endpoint. */
export const uptimeName = ({ environment, service }: Pick<DefiniteHealth, "environment" | "service">): string =>
  `[${environment}] ${service}: health`;
