import { pagerDutyEvent } from "../../../constructs/grafana/contact-point";

/** What Grafana knows of the alerts of one notification (Grafana documentation, "Notification template reference"). */
export interface Notification {
  readonly Status: "firing" | "resolved";
  readonly CommonLabels: Readonly<Record<string, string>>;
  readonly CommonAnnotations: Readonly<Record<string, string>>;
  readonly Alerts: readonly { readonly Annotations: Readonly<Record<string, string>> }[];
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

const valueAt = (path: string, dot: unknown): unknown =>
  path
    .split(".")
    .filter((name) => name !== "")
    .reduce<unknown>((value, name) => (isRecord(value) ? value[name] : undefined), dot);

/**
 * A template of ours with its actions carried out: a path, `toUpper`, `with` and `range`, which is all that we write. Another action is
 * an error, so that no test passes for want of one.
 */
export function expanded(template: string, data: unknown): string {
  const actions = [...template.matchAll(/\{\{ (.*?) \}\}/g)];
  // Where the template is read: how many characters and how many actions are behind.
  let place = { character: 0, action: 0 };
  /** The text from here to the end of the block, or of the template. */
  const body = (dot: unknown): string => {
    let text = "";
    for (;;) {
      const action = actions[place.action];
      text += template.slice(place.character, action?.index);
      if (action === undefined) return text;
      place = { character: action.index + action[0].length, action: place.action + 1 };
      const [, code = ""] = action;
      if (code === "end") return text;
      const [, word, path = "", filter] = /^(?:(with|range) )?(\.[\w.]*)(?: \| (toUpper))?$/.exec(code) ?? [];
      if (path === "") throw new Error(`not an action that the tests understand: ${code}`);
      const value = valueAt(path, dot);
      if (word === "with") text += block(value === undefined || value === "" ? [] : [value]);
      else if (word === "range") text += block(Array.isArray(value) ? value : []);
      else text += filter === undefined ? String(value ?? "") : String(value ?? "").toUpperCase();
    }
  };
  /** The text of a block for each of the values that the dot stands for; without any it is passed over. */
  const block = (dots: readonly unknown[]): string => {
    const start = place;
    if (dots.length === 0) {
      body(undefined);
      return "";
    }
    return dots
      .map((dot) => {
        place = start;
        return body(dot);
      })
      .join("");
  };
  return body(data);
}

/**
 * The event that Grafana sends to PagerDuty for a notification: the templates carried out, and its own details beside ours.
 * Source: Grafana documentation, "Configure PagerDuty for Alerting"; PagerDuty Events API v2, "Send an alert event".
 */
export function pagerDutyPayload(notification: Notification) {
  const { details, severity, class: kind, component, group, source, summary } = pagerDutyEvent;
  const written = (template: string): string => expanded(template, notification);
  return {
    event_action: notification.Status === "firing" ? "trigger" : "resolve",
    payload: {
      severity: written(severity),
      class: written(kind),
      component: written(component),
      group: written(group),
      source: written(source),
      summary: written(summary),
      custom_details: {
        firing: "Value: B=0.06\nLabels:\n - alertname = shop: HighErrorRate\n - service = shop\n",
        resolved: "",
        num_firing: "1",
        num_resolved: "0",
        ...Object.fromEntries(Object.entries(details).map(([name, template]) => [name, written(template)])),
      },
    },
  };
}
