import { rules as access } from "./access";
import { rules as alertQuality } from "./alert-quality";
import { rules as alerts } from "./alerts";
import { rules as cardinality } from "./cardinality";
import { rules as dashboards } from "./dashboards";
import { rules as datadogQueries } from "./datadog-queries";
import { rules as dependencies } from "./dependencies";
import { rules as elastic } from "./elastic";
import { rules as environments } from "./environments";
import { rules as errors } from "./errors";
import { rules as health } from "./health";
import { rules as logDelivery } from "./log-delivery";
import { rules as logMetrics } from "./log-metrics";
import { rules as logShipping } from "./log-shipping";
import { rules as logs } from "./logs";
import { rules as maintenance } from "./maintenance";
import { rules as names } from "./names";
import { rules as objectives } from "./objectives";
import { rules as opentelemetry } from "./opentelemetry";
import { rules as opsgenie } from "./opsgenie";
import { rules as promql } from "./promql-rules";
import { rules as queries } from "./queries";
import { rules as quotas } from "./quotas";
import { rules as references } from "./references";
import { rules as rendering } from "./rendering";
import { rules as routing } from "./routing";
import type { Rule } from "./rule";
import { rules as ruleFiles } from "./rule-file-rules";
import { rules as runtimeConfiguration } from "./runtime-configuration";
import { rules as scrapes } from "./scrapes";
import { rules as secrets } from "./secrets";
import { rules as shape } from "./shape";
import { rules as simulation } from "./simulation";
import { rules as statsd } from "./statsd";
import { rules as statusPage } from "./status-page";
import { rules as suppressions } from "./suppressions";
import { rules as teams } from "./teams";
import { rules as telemetry } from "./telemetry";
import { rules as templates } from "./template-rules";
import { rules as timeToPage } from "./time-to-page";
import { rules as tracing } from "./tracing";

/** Every rule of `estate check`, in the order of their ids. */
export const allRules: readonly Rule[] = [
  ...access,
  ...alertQuality,
  ...alerts,
  ...cardinality,
  ...dashboards,
  ...datadogQueries,
  ...dependencies,
  ...elastic,
  ...environments,
  ...errors,
  ...health,
  ...logMetrics,
  ...logShipping,
  ...logDelivery,
  ...logs,
  ...maintenance,
  ...names,
  ...objectives,
  ...opentelemetry,
  ...opsgenie,
  ...promql,
  ...queries,
  ...quotas,
  ...references,
  ...rendering,
  ...routing,
  ...ruleFiles,
  ...scrapes,
  ...runtimeConfiguration,
  ...secrets,
  ...shape,
  ...statusPage,
  ...statsd,
  ...suppressions,
  ...simulation,
  ...teams,
  ...telemetry,
  ...timeToPage,
  ...tracing,
  ...templates,
].sort((a, b) => (a.id < b.id ? -1 : 1));
