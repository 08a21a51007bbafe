import { canaryBucket, canaryNamesOf } from "../constructs/health/canary/canary";
import { limits } from "../constructs/health/limits";
import { iamLimits } from "../constructs/iam/limits";
import { awsRegions } from "../model/aws";
import { parseDuration } from "../model/duration";
import type { Environment } from "../model/environment";
import { type Health, probeOf, probesIn } from "../model/health";
import { canaryRuntimes, type Probe, route53Regions } from "../model/probe";
import type { Service } from "../model/service";
import { didYouMean } from "../model/suggest";

/** A service that has a health endpoint. */
export type Probed = Service & { readonly health: Health };

const every = (
  text: string,
  { least, most }: { readonly least: number; readonly most: number },
): string | undefined => {
  const seconds = parseDuration(text);
  if (!seconds.ok) return seconds.error;
  return seconds.value >= least && seconds.value <= most
    ? undefined
    : `${text} is not from ${least} to ${most} seconds`;
};

/** A sentence, and the fix. */
export type Problem = readonly [message: string, fix: string];

/** What CloudWatch Synthetics would refuse, or what would fail run by run. */
function canaryProblems(
  { regions, every: pause, timeout, runtime }: Extract<Probe, { kind: "cloudwatch-synthetics" }>,
  { health }: Probed,
): readonly Problem[] {
  const { canaryEvery, canaryTimeout } = limits;
  const paused = parseDuration(pause);
  const stopped = parseDuration(timeout);
  const answer = parseDuration(health.timeout);
  const pauseProblem =
    every(pause, canaryEvery) ??
    (paused.ok && paused.value % 60 !== 0
      ? `a canary runs every so many whole minutes, not every ${pause}`
      : undefined);
  const timeoutProblem =
    every(timeout, canaryTimeout) ??
    (stopped.ok && !Number.isInteger(stopped.value) ? `${timeout} are no whole seconds` : undefined);
  // A run that has not begun to ask when it is stopped fails, and says nothing of the service.
  const needed = canaryTimeout.least + (answer.ok ? answer.value : 0);
  return [
    ...(regions.length > 0 ? [] : [["canaries ask from nowhere", "name a region, such as eu-west-1"] as const]),
    ...[...new Set(regions)]
      .filter((region) => !awsRegions.some((known) => known === region))
      .map(
        (region) =>
          [`there is no region "${region}".${didYouMean(region, awsRegions)}`, "write one such as eu-west-1"] as const,
      ),
    ...(pauseProblem === undefined ? [] : [[pauseProblem, 'write whole minutes from "1m" to "1h"'] as const]),
    ...(timeoutProblem === undefined
      ? []
      : [[timeoutProblem, `write from ${canaryTimeout.least}s to ${canaryTimeout.most}s`] as const]),
    ...(paused.ok && stopped.ok && stopped.value > paused.value
      ? [[`a run may take ${timeout}, and the next begins after ${pause}`, "shorten `timeout`"] as const]
      : []),
    ...(timeoutProblem === undefined && stopped.ok && stopped.value < needed
      ? [
          [
            `a run of ${timeout} leaves no time for its start (${canaryTimeout.least}s) and an answer (${health.timeout})`,
            `let \`timeout\` be ${Math.ceil(needed)}s at least`,
          ] as const,
        ]
      : []),
    ...(canaryRuntimes.some((known) => known === runtime)
      ? []
      : [
          [
            `there is no runtime "${runtime}" that canaries can be made with.${didYouMean(runtime, canaryRuntimes)}`,
            `write one of ${canaryRuntimes.join(", ")}`,
          ] as const,
        ]),
  ];
}

/** Names in AWS that are made of those of the environment and the service, and are longer than AWS allows. */
export function canaryNameProblems(service: Probed, environment: Environment): readonly Problem[] {
  const { bucketNameLength, canaryNameLength } = limits;
  const asked = probeOf({ probes: probesIn(service.health, environment.name) }, "cloudwatch-synthetics");
  if (asked === undefined) return [];
  const { name, roleName } = canaryNamesOf(environment.name, service);
  return [
    { what: "canary", made: name, most: canaryNameLength },
    { what: "role", made: roleName, most: iamLimits.roleNameLength },
    ...asked.regions.map((region) => ({
      what: "bucket",
      made: canaryBucket(environment, region),
      most: bucketNameLength,
    })),
  ]
    .filter(({ made, most }) => made.length > most)
    .map(
      ({ what, made, most }) =>
        [
          `the ${what} ${made} has ${made.length} characters, and AWS takes ${most}`,
          "shorten the name of the environment or the service, or take the probe away",
        ] as const,
    );
}

/** What the system behind a probe would refuse; sentences with the fix behind a semicolon apart. */
export function probeProblems(asked: Probe, service: Probed): readonly Problem[] {
  switch (asked.kind) {
    case "blackbox":
      return [];
    case "route53": {
      const regions = new Set(asked.regions);
      return [
        ...[...regions]
          .filter((region) => !route53Regions.some((known) => known === region))
          .map(
            (region) =>
              [
                `Route 53 does not ask from "${region}".${didYouMean(region, route53Regions)}`,
                `write of ${route53Regions.join(", ")}`,
              ] as const,
          ),
        ...(regions.size >= limits.route53Regions
          ? []
          : [
              [
                `Route 53 asks from ${limits.route53Regions} regions at least, not ${regions.size}`,
                "name more of them",
              ] as const,
            ]),
        ...(["10s", "30s"].includes(asked.every)
          ? []
          : [[`Route 53 does not ask every ${asked.every}`, 'write "10s" or "30s"'] as const]),
      ];
    }
    case "cloudwatch-synthetics":
      return canaryProblems(asked, service);
    case "datadog-synthetics": {
      const problem = every(asked.every, limits.datadogEvery);
      return [
        ...(asked.locations.length > 0
          ? []
          : [["Datadog asks from nowhere", "name a location, such as aws:eu-central-1"] as const]),
        ...asked.locations
          .filter((location) => !/^(?:aws|azure|gcp|pl):\S+$/.test(location))
          .map(
            (location) => [`"${location}" is no location of Datadog`, "write one such as aws:eu-central-1"] as const,
          ),
        ...(problem === undefined ? [] : [[problem, 'write a duration such as "1m"'] as const]),
      ];
    }
    case "grafana-synthetics": {
      const problem = every(asked.every, limits.grafanaEvery);
      return [
        ...(asked.probes.length > 0 ? [] : [["Grafana asks from nowhere", "write the ids of probes"] as const]),
        ...asked.probes
          .filter((id) => !Number.isInteger(id) || id < 1)
          .map(
            (id) => [`${id} is no id of a probe`, "write the number that the Synthetic Monitoring app shows"] as const,
          ),
        ...(problem === undefined ? [] : [[problem, 'write a duration such as "1m"'] as const]),
      ];
    }
    case "sentry-uptime":
      return [
        ...(["1m", "5m", "10m", "20m", "30m", "1h"].includes(asked.every)
          ? []
          : [[`Sentry does not ask every ${asked.every}`, "write 1m, 5m, 10m, 20m, 30m or 1h"] as const]),
        ...(service.errors === undefined
          ? [
              [
                "Sentry asks for a project, and the service has none",
                "give it `errors`, or take the probe away",
              ] as const,
            ]
          : []),
      ];
    default: {
      const { kind }: { readonly kind: unknown } = asked;
      return [
        [
          `unknown probe ${JSON.stringify(kind)}`,
          "write blackbox(), route53(), cloudwatchSynthetics(), datadogSynthetics(), grafanaSynthetics() or sentryUptime()",
        ],
      ];
    }
  }
}
