import type { Catalog } from "../model/catalog";
import type { Finding } from "../model/finding";
import type { Service } from "../model/service";
import { errorRule, finding, inRule, inService, type Rule } from "./rule";

export const secretLiteral = errorRule(
  "secret/literal",
  "Whatever stands in the output stands in state files, plans, logs and pull requests.",
);

/** Every rule of this family. */
export const rules: readonly Rule[] = [secretLiteral];

/** How to mend it, wherever it is found. */
export const secretFix =
  "take it out and rotate it; give it to the provider by an environment variable or a secret store";

/**
 * What credentials look like, by who issues them. Only forms that are unmistakable, so that no ordinary text is refused.
 * Sources: AWS IAM User Guide, "Understanding unique ID prefixes"; GitHub Docs, "About authentication to GitHub"; Slack API,
 * "Token types"; Grafana documentation, "Service account tokens"; Stripe API reference, "Authentication"; RFC 7468 and 7519.
 */
const forms: readonly { readonly kind: string; readonly form: RegExp }[] = [
  { kind: "an AWS access key", form: /(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Za-z0-9])/ },
  { kind: "a GitHub token", form: /\bgh[pousr]_[A-Za-z0-9]{36,}|\bgithub_pat_\w{36,}/ },
  { kind: "a Slack token", form: /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/ },
  { kind: "a Slack webhook", form: /hooks\.slack\.com\/services\/T\w+\/B\w+\/\w+/ },
  { kind: "a Grafana token", form: /\bgl(?:sa|c)_[A-Za-z0-9_=+/-]{20,}/ },
  { kind: "a Stripe key", form: /\b[rs]k_live_[A-Za-z0-9]{16,}/ },
  { kind: "a private key", form: /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/ },
  { kind: "a JSON web token", form: /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/ },
  { kind: "a password in a URL", form: /[a-z0-9+.-]:\/\/[^\s/:@"'{}$]+:[^\s/:@"'{}$]{3,}@/ },
  {
    kind: "a credential",
    form: /(?:api|app|access|secret|routing|integration|auth)[_-]?(?:key|token)["']?\s*[:=]\s*["']?[A-Za-z0-9+/_-]{24,}(?![A-Za-z0-9])|passw(?:or)?d["']?\s*[:=]\s*["'][^"'\s]{6,}["']/i,
  },
];

/**
 * What kind of secret a text seems to hold, or undefined. One form after the other, since an expression that begins with a letter
 * of its own is searched for by that letter: all forms in one take four times as long, and 1,000 services come to 120 MB.
 */
export const secretIn = (text: string): string | undefined => forms.find(({ form }) => form.test(text))?.kind;

/** Texts below a value with the path to each; a cycle or a function ends the path. */
function* textsBelow(
  value: unknown,
  path: string,
  seen: Set<object>,
): Generator<{ readonly path: string; readonly text: string }> {
  if (typeof value === "string") yield { path, text: value };
  if (typeof value !== "object" || value === null || seen.has(value)) return;
  seen.add(value);
  for (const [key, child] of Object.entries(value)) {
    yield* textsBelow(child, Array.isArray(value) ? path : path === "" ? key : `${path}.${key}`, seen);
  }
}

function inValues(service: Service): readonly Finding[] {
  // Contracts are shared by many services and hold names and help only; the scan of the output reads what became of them.
  const { alerts, queries, dashboards, file: _file, telemetry: _telemetry, ...own } = service;
  const named = [
    ...("unmonitored" in alerts ? [] : alerts.map((alert) => ({ rule: alert.name, value: alert }))),
    ...queries.map((query) => ({ rule: query.name, value: query })),
    ...dashboards.map((dashboard) => ({ rule: dashboard.key, value: dashboard })),
  ];
  const report = (kind: string): string => `it seems to hold ${kind}`;
  return [
    ...[...textsBelow(own, "", new Set())].flatMap(({ path, text }) => {
      const kind = secretIn(text);
      return kind === undefined ? [] : [finding(secretLiteral, inService(service, path), report(kind), secretFix)];
    }),
    ...named.flatMap(({ rule, value }) =>
      [...textsBelow(value, "", new Set())].flatMap(({ path, text }) => {
        const kind = secretIn(text);
        return kind === undefined ? [] : [finding(secretLiteral, inRule(service, rule, path), report(kind), secretFix)];
      }),
    ),
  ];
}

/** Secret-looking literals in what users wrote. The message never repeats them. */
export function checkSecrets({ services, environments, teams, file }: Catalog): readonly Finding[] {
  const settings = [
    ...environments.map((value) => ["environments", value] as const),
    ...teams.map((value) => ["teams", value] as const),
  ];
  return [
    ...services.flatMap(inValues),
    ...settings.flatMap(([kind, value]) =>
      [...textsBelow(value, `${kind}.${value.name}`, new Set())].flatMap(({ path, text }) => {
        const secret = secretIn(text);
        return secret === undefined
          ? []
          : [finding(secretLiteral, { file, field: path }, `it seems to hold ${secret}`, secretFix)];
      }),
    ),
  ];
}
