import { XrayGroup } from "@cdktf/provider-aws/lib/xray-group";
import { XraySamplingRule } from "@cdktf/provider-aws/lib/xray-sampling-rule";
import { Construct } from "constructs";
import type { EnvironmentEstate } from "../../model/estate";
import { literal, literals } from "../terraform/literal";
import { servicesInXray, xrayGroup, xraySamplingRule } from "./groups";

/**
 * Rules of one priority, since no two are about one service, and a priority made of a place in a list would change with every service that comes
 * or goes. Before the default rule, which has 10000.
 */
const priority = 1000;

/** What AWS X-Ray is told of an environment's services: a group and a sampling rule for each. */
export class Xray extends Construct {
  constructor(scope: Construct, id: string, estate: EnvironmentEstate) {
    super(scope, id);
    const { name: environment, production } = estate.environment;
    const tagsOf = new Map(estate.services.map(({ service, tags }) => [service.name, literals(tags)]));
    for (const traced of servicesInXray(estate)) {
      const own = new Construct(this, traced.service);
      const tags = tagsOf.get(traced.service) ?? {};
      const group = xrayGroup(traced, environment);
      new XrayGroup(own, "group", {
        groupName: literal(group.name),
        filterExpression: literal(group.filterExpression),
        // Insights are billed by trace; and alerts have one way to people, which is not X-Ray's own.
        insightsConfiguration: { insightsEnabled: production, notificationsEnabled: false },
        tags,
      });
      const rule = xraySamplingRule(traced, environment);
      new XraySamplingRule(own, "sampling-rule", {
        ruleName: literal(rule.name),
        priority,
        version: 1,
        serviceName: literal(rule.service),
        fixedRate: rule.fixedRate,
        // A reservoir would trace so many requests a second beyond the share that the catalog says.
        reservoirSize: 0,
        serviceType: "*",
        host: "*",
        httpMethod: "*",
        urlPath: "*",
        resourceArn: "*",
        tags,
      });
    }
  }
}
