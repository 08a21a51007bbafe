import { severities } from "../../model/severity";
import { summaryAlerts } from "../prometheus/weekly-summary";
import { ampAlertManagerLimits } from "./limits";

/** What the mail about a week says, in Go's templates: the numbers are annotations of what it is made of (`weeklySummaryFiles`). */

/** The subject, which SNS cuts. */
export const weeklySubjectText = `{{ printf "%.${ampAlertManagerLimits.subjectLength}s" (printf "%s: the week of %s" .GroupLabels.environment .GroupLabels.team) }}`;

/** Each of the group's that is firing, is of such a name, and meets a condition. */
const each = (alert: string, condition: string | undefined, line: string): string => {
  const named = `(eq .Labels.alertname "${alert}")`;
  return `{{ range .Alerts.Firing }}{{ if ${condition === undefined ? named : `and ${named} ${condition}`} }}${line}{{ end }}{{ end }}`;
};

/** How to write a number of things: one, or more. */
const counted = (count: string, one: string, more: string): string =>
  `{{ ${count} }} {{ if eq ${count} "1" }}${one}{{ else }}${more}{{ end }}`;

const firings = ".Annotations.firings";

/** How often an alert fired; one that began before the week has not begun in it. */
const often = `{{ if ${firings} }}fired ${counted(firings, "time", "times")}{{ else }}has fired since before{{ end }}`;

const theWeek = [
  `{{ if eq .Annotations.alerts "0" }}No alert fired in the last seven days.{{ else }}`,
  `In the last seven days ${counted(".Annotations.alerts", "alert", "alerts")} fired, which began ${counted(firings, "time", "times")}. `,
  `Of those ${counted(".Annotations.pages", "time was a page", "times were pages")}, {{ .Annotations.nights }} at night. `,
  `${counted(".Annotations.firing", "alert still fires", "alerts still fire")}.{{ end }}`,
].join("");
const theAlert = `{{ .Labels.of_alert }} of {{ .Labels.of_service }} ${often}, for {{ .Annotations.duration }} in all{{ if .Annotations.nights }}, at night {{ .Annotations.nights }}{{ end }}{{ if .Annotations.firing }}, and still fires{{ end }}`;
const theBudget = `{{ .Labels.of_objective }} of {{ .Labels.of_service }}: {{ .Annotations.remaining }} of the error budget of {{ .Annotations.window }} remain{{ if .Annotations.burnt }}, {{ .Annotations.burnt }} were burnt this week{{ end }}`;

/** A part of the mail: what it is called, and how its lines are found. */
interface Part {
  readonly title: string;
  readonly alert: string;
  readonly condition?: string;
  readonly line: string;
}

const parts: readonly Part[] = [
  { title: "Still firing", alert: summaryAlerts.alert, condition: `(ne .Annotations.firing "")`, line: theAlert },
  ...Object.entries(severities).map(([severity, { word }]) => ({
    title: `Fired, ${severity}`,
    alert: summaryAlerts.alert,
    condition: `(eq .Labels.of_severity "${word}")`,
    line: theAlert,
  })),
  { title: "Error budgets", alert: summaryAlerts.budget, line: theBudget },
];

/** A part with its title, or nothing where it has no line. */
const written = (
  { alert, condition, line }: Part,
  title: string,
  [before, after]: readonly [string, string],
  end: string,
): string => {
  // The title is written before the first line alone.
  const first = `{{ if not $any }}{{ $any = true }}${title}{{ end }}`;
  return `{{ $any := false }}${each(alert, condition, `${first}${before}${line}${after}`)}{{ if $any }}${end}{{ end }}`;
};

/** The mail as plain text, which SNS sends too. */
export const weeklyText = [
  each(summaryAlerts.week, undefined, `${theWeek}\n`),
  ...parts.map((part) => written(part, `\n${part.title}\n`, ["- ", "\n"], "")),
].join("");

/** The mail as HTML; Alertmanager escapes what is put into it. */
export const weeklyHtml = [
  "<html><body>",
  each(summaryAlerts.week, undefined, `<p>${theWeek}</p>`),
  ...parts.map((part) => written(part, `<h3>${part.title}</h3><ul>`, ["<li>", "</li>"], "</ul>")),
  "</body></html>",
].join("");
