import { type DefiniteHealth, healthStatuses } from "../../model/health";

/**
 * JSON Schema of what a health endpoint answers. Draft 7, the newest that Datadog's tests take: who probes and who reads hold the answer
 * against the same schema. Members beyond those named are allowed, so that a service can say more.
 * Sources: JSON Schema draft 7; Datadog documentation, API tests, "Assertions" (`validatesJSONSchema`).
 */
export const healthSchema = ({ service, environment, dependencies, url }: DefiniteHealth) =>
  ({
    $schema: "http://json-schema.org/draft-07/schema#",
    title: `Health of ${service} in ${environment}`,
    description: `The answer of GET ${url}: status 200 while healthy or degraded, 503 while unhealthy. \`status\` is the first member.`,
    type: "object",
    required: ["status", "timestamp", "checks"],
    properties: {
      status: { enum: healthStatuses, description: "The worst status of all that is needed to serve" },
      timestamp: { type: "string", format: "date-time" },
      checks: {
        type: "object",
        required: dependencies,
        properties: Object.fromEntries(dependencies.map((name) => [name, { $ref: "#/definitions/dependency" }])),
      },
    },
    definitions: {
      check: {
        type: "object",
        required: ["status"],
        properties: {
          status: { enum: healthStatuses },
          latency_ms: { type: "number", minimum: 0, description: "Time that the dependency took to answer" },
          error: { type: "string", maxLength: 200, description: "What went wrong; no address and no credential" },
        },
      },
      dependency: {
        description: "One dependency, or several of a kind by name",
        anyOf: [
          { $ref: "#/definitions/check" },
          { type: "object", minProperties: 1, additionalProperties: { $ref: "#/definitions/check" } },
        ],
      },
    },
  }) as const;

/** The schema as text, the same wherever it is used. */
export const healthSchemaText = (health: DefiniteHealth): string =>
  `${JSON.stringify(healthSchema(health), null, 2)}\n`;
