/** What a process is told by its environment. */
export interface Settings {
  readonly service: string;
  readonly environment: string;
  readonly version: string;
  /** Port of this machine to listen on; 0 for any. */
  readonly port: number;
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly logLevel: string;
  /** Where spans go by OTLP/HTTP, without its `/v1/traces`; undefined: spans are made, so that logs name them, and dropped. */
  readonly otlpEndpoint: string | undefined;
  /** Where errors go; undefined: nowhere. */
  readonly sentryDsn: string | undefined;
  /** Whether it measures itself at all; off only to find out what that costs. */
  readonly instrumented: boolean;
}

const required = (env: NodeJS.ProcessEnv, name: string): string => {
  const value = env[name];
  if (value === undefined || value === "") throw new Error(`${name} is not set`);
  return value;
};

/** @throws Error for a variable that is missing. */
export const settingsOf = (env: NodeJS.ProcessEnv, service: string): Settings => ({
  service,
  environment: env["ENVIRONMENT"] ?? "dev",
  version: env["APP_VERSION"] ?? "unknown",
  port: Number(env["PORT"] ?? "0"),
  databaseUrl: required(env, "DATABASE_URL"),
  redisUrl: required(env, "REDIS_URL"),
  logLevel: (env["LOG_LEVEL"] ?? "info").toLowerCase(),
  otlpEndpoint: env["OTEL_EXPORTER_OTLP_ENDPOINT"],
  sentryDsn: env["SENTRY_DSN"],
  instrumented: env["INSTRUMENTED"] !== "off",
});
