import { PrometheusRuleGroupNamespace } from "@cdktf/provider-aws/lib/prometheus-rule-group-namespace";
import { PrometheusWorkspace } from "@cdktf/provider-aws/lib/prometheus-workspace";
import { Construct } from "constructs";
import type { EnvironmentEstate } from "../../model/estate";
import { literal } from "../terraform/literal";
import { ruleFiles } from "./rule-file";

/** An environment's workspace of Amazon Managed Service for Prometheus, with the alert rules of its services. */
export class AmazonManagedPrometheus extends Construct {
  /** Where metrics are written to and read from. */
  readonly workspace: PrometheusWorkspace;

  constructor(scope: Construct, id: string, estate: EnvironmentEstate) {
    super(scope, id);
    const environment = estate.environment.name;
    // The underscore keeps the id apart from the services', whose names stand beside it and are in kebab-case.
    this.workspace = new PrometheusWorkspace(this, "amp_workspace", { alias: environment, tags: { environment } });
    const workspaceId = this.workspace.id;
    for (const { service, namespace, content } of ruleFiles(estate)) {
      new PrometheusRuleGroupNamespace(new Construct(this, service.service.name), "rules", {
        name: namespace,
        workspaceId,
        data: literal(content),
        tags: service.tags,
      });
    }
  }
}
