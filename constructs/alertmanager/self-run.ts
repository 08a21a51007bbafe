import type { Artifact } from "../../model/artifact";
import type { EnvironmentEstate } from "../../model/estate";
import { memoized } from "../../model/memoized";
import { checked, never } from "../../model/result";
import { type AlertmanagerConfig, alertmanagerConfig, type Receiver } from "./config";
import { sharedDocument } from "./document";
import { opsgenieConfig } from "./opsgenie-receiver";
import { pagerDutyConfig } from "./pagerduty-receiver";
import { bodyText, colorText, dashboardUrlText, digestSubjectText, titleText } from "./text";
import { weeklyHtml, weeklySubjectText, weeklyText } from "./weekly-text";
import { configYaml } from "./yaml";

/** Where the machine that runs Alertmanager keeps what must not be in the file; one file each. */
export const secretFiles = {
  /** Routing key of the environment's event orchestration; the secret `<environment>/alertmanager/pagerduty` of AWS holds it. */
  pagerDutyRoutingKey: "/etc/alertmanager/secrets/pagerduty-routing-key",
  /** Key of the environment's API integration in Opsgenie; the secret `<environment>/alertmanager/opsgenie` of AWS holds it. */
  opsgenieApiKey: "/etc/alertmanager/secrets/opsgenie-api-key",
  /** Bot token of the Slack app, with the scope `chat:write`; the app is a member of every channel. */
  slackToken: "/etc/alertmanager/secrets/slack-token",
  /** URL that the heartbeat is posted to, of a service that calls when it stops. */
  watchdogUrl: "/etc/alertmanager/secrets/watchdog-url",
} as const;

/** Slack's Web API: one app posts to every channel, where a webhook is bound to one. Source: Slack API, `chat.postMessage`. */
const slackUrl = "https://slack.com/api/chat.postMessage";

/** A mail relay on the machine itself, which needs no password and no encryption on the way to it. */
const mail = { smtp_smarthost: "localhost:25", smtp_require_tls: false } as const;

/** Alerts come from the company's own domain, or its relay refuses them: that of the first team's address. */
const senderOf = (receivers: readonly Receiver[]): string => {
  const addresses = receivers.flatMap((receiver) => (receiver.kind === "digest" ? receiver.addresses : []));
  return `alertmanager@${addresses[0]?.split("@").at(-1) ?? "localhost"}`;
};

function receiverDocument(environment: string, receiver: Receiver) {
  const { name } = receiver;
  switch (receiver.kind) {
    case "pagerduty":
      return {
        name,
        pagerduty_configs: [
          { routing_key_file: secretFiles.pagerDutyRoutingKey, ...pagerDutyConfig(environment, receiver) },
        ],
      };
    case "opsgenie":
      return {
        name,
        opsgenie_configs: [{ api_key_file: secretFiles.opsgenieApiKey, ...opsgenieConfig(environment, receiver) }],
      };
    case "heartbeat":
      return {
        name,
        webhook_configs: [
          {
            send_resolved: false,
            url: receiver.url,
            // Source: Opsgenie API documentation, "Authentication".
            http_config: { authorization: { type: "GenieKey", credentials_file: secretFiles.opsgenieApiKey } },
          },
        ],
      };
    case "slack":
      return {
        name,
        slack_configs: [
          {
            send_resolved: true,
            api_url: slackUrl,
            http_config: { authorization: { credentials_file: secretFiles.slackToken } },
            channel: receiver.channel,
            color: colorText,
            title: titleText,
            title_link: dashboardUrlText,
            text: bodyText,
          },
        ],
      };
    case "digest":
      return {
        name,
        // What is over is no news to a digest.
        email_configs: [
          { send_resolved: false, to: receiver.addresses.join(", "), headers: { Subject: digestSubjectText } },
        ],
      };
    case "summary":
      return {
        name,
        email_configs: [
          {
            send_resolved: false,
            to: receiver.addresses.join(", "),
            headers: { Subject: weeklySubjectText },
            html: weeklyHtml,
            text: weeklyText,
          },
        ],
      };
    case "watchdog":
      return { name, webhook_configs: [{ send_resolved: false, url_file: secretFiles.watchdogUrl }] };
    default:
      return never(receiver);
  }
}

/** The configuration of an Alertmanager of one's own, with its keys. It holds no secret: each is read from a file beside it. */
export const selfRunDocument = (config: AlertmanagerConfig) => ({
  global: { ...mail, smtp_from: senderOf(config.receivers) },
  ...sharedDocument(config),
  receivers: config.receivers.map((receiver) => receiverDocument(config.environment, receiver)),
});

/** `alertmanager/alertmanager.yaml`, for those who run Alertmanager themselves. */
export const alertmanagerArtifacts = memoized((estate: EnvironmentEstate): readonly Artifact[] => {
  const config = checked(alertmanagerConfig(estate));
  return [
    {
      path: "alertmanager/alertmanager.yaml",
      content: `# Alertmanager of ${config.environment}, generated from the catalog.\n${configYaml(selfRunDocument(config), config)}`,
    },
  ];
});
