/** Fields that say something of a person: the ones that the log contract calls personal, and what customers send. */
export const personalFields = [
  "client_ip",
  "ip",
  "user_agent",
  "email",
  "card",
  "card_number",
  "name_on_card",
] as const;

export const redacted = "[redacted]";

const email = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
/** Thirteen to nineteen digits, as they are printed on a card: ISO/IEC 7812-1, with spaces or hyphens between. */
const digits = /(?<![\w-])\d(?:[ -]?\d){12,18}(?![\w-])/g;

/** The check digit of a card's number: ISO/IEC 7812-1, annex B. */
function isCardNumber(text: string): boolean {
  const doubled = [...text.replaceAll(/\D/g, "")]
    .reverse()
    .map((digit, index) => Number(digit) * (index % 2 === 0 ? 1 : 2));
  return doubled.reduce((sum, value) => sum + (value > 9 ? value - 9 : value), 0) % 10 === 0;
}

/** A text without the addresses and card numbers in it, such as an exception's that quotes what a user entered. */
export const withoutPersonal = (text: string): string =>
  text.replaceAll(email, redacted).replaceAll(digits, (found) => (isCardNumber(found) ? redacted : found));

const personal: ReadonlySet<string> = new Set(personalFields);

/** A value with every text in it redacted, and personal fields whole. */
export function redactedValue(value: unknown): unknown {
  if (typeof value === "string") return withoutPersonal(value);
  if (Array.isArray(value)) return value.map(redactedValue);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, personal.has(key) ? redacted : redactedValue(each)]),
  );
}
