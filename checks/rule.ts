import type { Finding, Where } from "../model/finding";
import type { Service } from "../model/service";

/** One thing that is looked for. */
export interface Rule {
  /** Family and name, such as `alert/no-runbook`; stable, since people search for it. */
  readonly id: string;
  readonly level: Finding["level"];
  /** In rule files from elsewhere, where `error` means that Prometheus refuses the file or fails at each evaluation. */
  readonly inFiles?: Finding["level"];
  /** Why it matters to the people who are woken, or not. */
  readonly reason: string;
  /** What to do about it, where that is always the same. */
  readonly fix?: string;
}

/** Declares a rule that refuses the catalog. */
export const errorRule = (id: string, reason: string): Rule => ({ id, level: "error", reason });

/** Declares a rule that tells, and refuses nothing. */
export const warningRule = (id: string, reason: string): Rule => ({ id, level: "warning", reason });

/** What a rule found. */
export const finding = ({ id, level }: Rule, where: Where, message: string, fix: string): Finding => ({
  id,
  level,
  where,
  message,
  fix,
});

/** Where a service's own options are. */
export const inService = ({ file, name }: Service, field?: string): Where => ({
  file,
  service: name,
  ...(field === undefined ? {} : { field }),
});

/** Where something with a name of its own is, within a service: an alert, a query, a dashboard. */
export const inRule = (service: Service, rule: string, field?: string): Where => ({
  ...inService(service, field),
  rule,
});
