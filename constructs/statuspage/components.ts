import type { Catalog } from "../../model/catalog";
import type { StatusComponent } from "../../model/status-page";

/** A component, and the service that it shows. */
export interface Component extends StatusComponent {
  readonly service: string;
}

/** The components of the status page, in the order of the services. */
export const componentsOf = ({ services }: Catalog): readonly Component[] =>
  services.flatMap(({ name, statusPage }) => (statusPage === undefined ? [] : [{ ...statusPage, service: name }]));

/** The groups that components stand in, each once, with their services. */
export function groupsOf(catalog: Catalog): readonly { readonly name: string; readonly services: readonly string[] }[] {
  const groups = new Map<string, readonly string[]>();
  for (const { group, service } of componentsOf(catalog)) {
    if (group !== undefined) groups.set(group, [...(groups.get(group) ?? []), service]);
  }
  return [...groups].map(([name, services]) => ({ name, services }));
}
