import { rules as alertQuality } from "./alert-quality";
import { rules as alerts } from "./alerts";
import { rules as dashboards } from "./dashboards";
import { rules as datadogQueries } from "./datadog-queries";
import { rules as dependencies } from "./dependencies";
import { rules as elastic } from "./elastic";
import { rules as environments } from "./environments";
import { rules as logMetrics } from "./log-metrics";
import { rules as maintenance } from "./maintenance";
import { rules as names } from "./names";
import { rules as objectives } from "./objectives";
import { rules as promql } from "./promql-rules";
import { rules as queries } from "./queries";
import { rules as quotas } from "./quotas";
import { rules as references } from "./references";
import { rules as rendering } from "./rendering";
import { rules as routing } from "./routing";
import type { Rule } from "./rule";
import { rules as ruleFiles } from "./rule-file-rules";
import { rules as secrets } from "./secrets";
import { rules as shape } from "./shape";
import { rules as simulation } from "./simulation";
import { rules as suppressions } from "./suppressions";
import { rules as teams } from "./teams";
import { rules as telemetry } from "./telemetry";
import { rules as templates } from "./template-rules";
import { rules as timeToPage } from "./time-to-page";

/** Every rule of `estate check`, in the order of their ids. */
export const allRules: readonly Rule[] = [
  ...alertQuality,
  ...alerts,
  ...dashboards,
  ...datadogQueries,
  ...dependencies,
  ...elastic,
  ...environments,
  ...logMetrics,
  ...maintenance,
  ...names,
  ...objectives,
  ...promql,
  ...queries,
  ...quotas,
  ...references,
  ...rendering,
  ...routing,
  ...ruleFiles,
  ...secrets,
  ...shape,
  ...suppressions,
  ...simulation,
  ...teams,
  ...telemetry,
  ...timeToPage,
  ...templates,
].sort((a, b) => (a.id < b.id ? -1 : 1));
