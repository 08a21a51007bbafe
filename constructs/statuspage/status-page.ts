import { Construct } from "constructs";
import type { Catalog } from "../../model/catalog";
import { Component } from "../../providers/statuspage/component";
import { ComponentGroup } from "../../providers/statuspage/component-group";
import { literal } from "../terraform/literal";
import { componentsOf, groupsOf } from "./components";

/**
 * What users see of the services on the public status page: a component for each that has one, in its group. People set its status
 * during an incident; Terraform sets the first one alone, and never takes back what they said.
 */
export class StatusPage extends Construct {
  constructor(scope: Construct, id: string, catalog: Catalog, { page }: { readonly page: string }) {
    super(scope, id);
    const pageId = literal(page);
    const components = new Construct(this, "components");
    const ids = new Map(
      componentsOf(catalog).map(({ service, component, description }) => [
        service,
        new Component(components, service, {
          pageId,
          name: literal(component),
          description: literal(description),
          showcase: true,
          onlyShowIfDegraded: false,
          status: "operational",
          lifecycle: { ignoreChanges: ["status"] },
        }).id,
      ]),
    );
    const groups = new Construct(this, "groups");
    for (const { name, services } of groupsOf(catalog)) {
      new ComponentGroup(groups, name.replaceAll(/[^\w-]+/g, "-"), {
        pageId,
        name: literal(name),
        components: services.flatMap((service) => ids.get(service) ?? []),
      });
    }
  }
}
