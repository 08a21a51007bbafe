import type { Pii } from "./log-field";
import { type Redaction, redactionOf } from "./redaction";

/** An attribute of spans that says something of a person, or does not though one might think so. */
export interface SpanAttribute {
  readonly name: string;
  readonly pii: Pii;
  /** What becomes of it before any backend stores it. Default: by its class (model/redaction.ts). */
  readonly redact?: Redaction;
}

/**
 * Attributes that the common instrumentations write by themselves and that say something of a person, by their stable and their older
 * names. Source: OpenTelemetry, Semantic Conventions, "HTTP spans", "Client", "User agent", "End user" and "URL". A query string carries what people
 * type; the path and the route beside it say what was asked for.
 */
export const commonAttributes: readonly SpanAttribute[] = [
  { name: "client.address", pii: "personal" },
  { name: "enduser.id", pii: "pseudonymous", redact: "hash" },
  { name: "http.client_ip", pii: "personal" },
  { name: "http.user_agent", pii: "personal" },
  { name: "net.sock.peer.addr", pii: "personal" },
  { name: "network.peer.address", pii: "personal" },
  { name: "url.query", pii: "personal", redact: "drop" },
  { name: "user_agent.original", pii: "personal" },
];

const strictness: Readonly<Record<Redaction, number>> = { keep: 0, hash: 1, mask: 2, drop: 3 };

const stricter = (a: Redaction, b: Redaction): Redaction => (strictness[b] > strictness[a] ? b : a);

/** What becomes of an attribute. */
const redactionOfAttribute = ({ name, pii, redact }: SpanAttribute): Redaction =>
  redactionOf({
    name,
    type: "string",
    description: name,
    required: false,
    pii,
    ...(redact === undefined ? {} : { redact }),
  });

/** An attribute that is not stored as it was sent. */
export interface AttributeRedaction {
  readonly name: string;
  readonly redaction: Exclude<Redaction, "keep">;
}

/**
 * What becomes of the attributes of all services together, sorted by name. A trace is one thing made by many services, so that an attribute
 * of a name is one attribute: where declarations differ the strictest holds.
 */
export function attributeRedactions(attributes: readonly SpanAttribute[]): readonly AttributeRedaction[] {
  const byName = new Map<string, Redaction>();
  for (const attribute of attributes)
    byName.set(attribute.name, stricter(byName.get(attribute.name) ?? "keep", redactionOfAttribute(attribute)));
  return [...byName]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, redaction]) => (redaction === "keep" ? [] : [{ name, redaction }]));
}
