/**
 * What PagerDuty accepts. Lengths are in characters. No maximum is published for an escalation delay, nor for names other than a team's.
 * Sources: PagerDuty REST API (schema "Team"); Events API v2, "Send an alert event"; PagerDuty Knowledge Base, Escalation Policies,
 * "Limits on Escalation Policies", and Event Orchestration, "Global and Service Orchestration Rules" and its questions and answers.
 */
export const limits = {
  /** Schema "Team", `name`. */
  nameLength: 100,
  /** Send an alert event, `payload.summary`; an event with a longer one is refused. */
  summaryLength: 1024,
  /** Send an alert event, `dedup_key`. */
  dedupKeyLength: 255,
  /** Shortest delay, of a rule with one target. */
  escalationDelayMinutes: 1,
  /** Rules of an escalation policy. */
  escalationRules: 20,
  /** Repetitions of an escalation policy. */
  escalationLoops: 9,
  /** Services that one orchestration routes to, and so the rules of its router: a service has one at most. */
  routingRules: 1000,
  /** Rules of one set of a global or service orchestration. */
  rulesPerSet: 25,
} as const;

/** What is wrong with a name, and what to do about it. */
export interface NameProblem {
  readonly message: string;
  readonly fix: string;
}

/**
 * What PagerDuty refuses in the name of a team or service, or silently changes, so that every plan shows a difference (white space at
 * the ends). The one published length is a team's; it is asked of services too, whose names the same people read.
 * Source: PagerDuty Terraform provider, name validation of services and escalation policies.
 */
export function pagerDutyNameProblems(name: string): readonly NameProblem[] {
  const trimmed = name.trim();
  if (trimmed === "") return [{ message: "the name is blank", fix: "give it a name" }];
  const { length } = [...name];
  const refused = [...new Set(name.match(/[\\/&<>]|\p{C}/gu) ?? [])].map((character) => JSON.stringify(character));
  return [
    ...(length > limits.nameLength
      ? [{ message: `the name has ${length} characters`, fix: `shorten it to at most ${limits.nameLength}` }]
      : []),
    ...(refused.length > 0
      ? [
          {
            message: `the name holds ${refused.join(", ")}`,
            fix: "leave out \\ / & < > and characters that do not print",
          },
        ]
      : []),
    ...(trimmed !== name
      ? [{ message: "the name begins or ends with white space", fix: `write ${JSON.stringify(trimmed)}` }]
      : []),
  ];
}
