import type { LogFieldDefinition, Pii } from "./log-field";

/** What becomes of a field before anybody can read it. */
export const redactions = ["keep", "mask", "hash", "drop"] as const;
export type Redaction = (typeof redactions)[number];

/**
 * What becomes of a field of each class when it does not say so itself. A pseudonym stays: a query for one user's activity needs it, and
 * without the user table it names nobody. What says something of a person is masked where it is stored.
 */
const redactionOfClass: Readonly<Record<Pii, Redaction>> = { none: "keep", pseudonymous: "keep", personal: "mask" };

/** What becomes of a field: its own redaction, else its class's. */
export const redactionOf = ({ redact, pii }: LogFieldDefinition): Redaction => redact ?? redactionOfClass[pii];

/** Something that must not be stored wherever in an event's text it stands. */
export interface SensitivePattern {
  /** In kebab-case; also what replaces it: `[email-address]`. */
  readonly name: string;
  readonly description: string;
  /**
   * A regular expression in the part of the syntax that RE2, Java, Ruby, JavaScript and CloudWatch's custom identifiers share: no
   * look-around, no back-references, no flags, at most 200 characters.
   */
  readonly pattern: string;
  /** CloudWatch's managed data identifier for the same (Amazon CloudWatch Logs User Guide, "Types of data that you can protect"). */
  readonly cloudwatch?: "EmailAddress" | "CreditCardNumber" | "AwsSecretKey" | "IpAddress";
}

/** Searched for in every text of every event: what people paste into messages, and libraries into exceptions. */
export const sensitivePatterns: readonly SensitivePattern[] = [
  {
    name: "email-address",
    description: "An e-mail address",
    pattern: "[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+[.][A-Za-z0-9.-]*[A-Za-z]",
    cloudwatch: "EmailAddress",
  },
  {
    name: "card-number",
    description: "The number of a payment card, in one piece or in groups of four",
    pattern: "[3-6][0-9]{3}[ -]?[0-9]{4}[ -]?[0-9]{4}[ -]?[0-9]{1,7}",
    cloudwatch: "CreditCardNumber",
  },
  {
    name: "bearer-token",
    description: "A token as an Authorization header carries it",
    pattern: "[Bb]earer [A-Za-z0-9._~+/-]{16,}=*",
  },
  {
    name: "password",
    description: "A password or secret in a connection string or a query",
    pattern: "(password|passwd|secret|api_key)=[^ &\"',;]+",
  },
];
