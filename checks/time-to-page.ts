import { firstNoticeSeconds } from "../constructs/first-notice";
import type { AlertRule } from "../model/alert-rule";
import { leavesOf } from "../model/definite-condition";
import type { EnvironmentEstate } from "../model/estate";
import type { Finding } from "../model/finding";
import { sampleSecondsOf } from "../model/service";
import { addedBudget, pageBudgets, timeToPage } from "../model/time-to-page";
import { errorRule, finding, inRule, type Rule, warningRule } from "./rule";

const late = warningRule(
  "alert/late-page",
  "A page that comes after the response that its severity promises is a promise broken before anybody knew.",
);
const delay = errorRule(
  "alert/added-delay",
  "What we add between a crossed threshold and a page is time in which nobody works on it.",
);

/** Every rule of this family. */
export const rules: readonly Rule[] = [late, delay];

const minutes = (seconds: number): string => `${Math.round(seconds / 6) / 10} minutes`;

/** Whether its page is expected within a minute of the threshold, and every step on the way is ours to choose. */
const isImmediate = ({ severity, evaluator }: AlertRule): boolean =>
  severity === "SEV-1" && (evaluator === "prometheus" || evaluator === "grafana");

/** How late the page of a burning budget may come is a matter of the budget: it comes when so much of it is spent. */
const isBudgeted = ({ condition }: AlertRule): boolean => leavesOf(condition).some(({ kind }) => kind === "burn-rate");

/** Pages that come too late for what their severity promises. */
export const checkTimeToPage = ({ services }: EnvironmentEstate): readonly Finding[] =>
  services.flatMap(({ service, alerts }) =>
    alerts.flatMap((rule) => {
      const { total, collect, evaluate, group } = timeToPage(rule, firstNoticeSeconds(rule), sampleSecondsOf(service));
      const budget = pageBudgets[rule.severity];
      const added = collect + evaluate + group;
      return [
        ...(budget !== undefined && total > budget && !isBudgeted(rule)
          ? [
              finding(
                late,
                inRule(service, rule.name, "for"),
                `the page comes up to ${minutes(total)} after the failure, and ${rule.severity} allows ${minutes(budget)}`,
                "shorten `for` or the window, lower the threshold, or give it a lower severity",
              ),
            ]
          : []),
        ...(isImmediate(rule) && added > addedBudget
          ? [
              finding(
                delay,
                inRule(service, rule.name, "evaluator"),
                `collecting, evaluating and grouping add up to ${added} s, and a page of ${rule.severity} may wait ${addedBudget} s`,
                "shorten the scrape interval, the evaluation interval or the group wait",
              ),
            ]
          : []),
      ];
    }),
  );
