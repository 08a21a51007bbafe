import { componentsOf } from "../constructs/statuspage/components";
import type { Catalog } from "../model/catalog";
import type { Finding, Where } from "../model/finding";
import { errorRule, finding, type Rule } from "./rule";

const page = errorRule("status-page/page", "A component needs a page to stand on.");
const component = errorRule(
  "status-page/component",
  "Users must be able to tell the components apart, and to know what each is.",
);

/** Every rule of this family. */
export const rules: readonly Rule[] = [page, component];

/** Source: Statuspage API, "Pages", the id in examples and in the address of the settings. */
const pageId = /^[a-z0-9]{12}$/;

/** What Statuspage refuses of a catalog, and what its users could not understand. */
export function checkStatusPage(catalog: Catalog): readonly Finding[] {
  const { statusPage, file, services } = catalog;
  const components = componentsOf(catalog);
  const where = (service: string, field: string): Where => ({
    file: services.find(({ name }) => name === service)?.file ?? file,
    service,
    field: `statusPage.${field}`,
  });
  if (statusPage === undefined)
    return components.map(({ service }) =>
      finding(
        page,
        where(service, "component"),
        "the catalog names no status page",
        'write statusPage: { page: "…" } in the catalog, with the id of the page',
      ),
    );
  const groups = new Set(components.flatMap(({ group }) => group ?? []));
  return [
    ...(pageId.test(statusPage.page)
      ? []
      : [
          finding(
            page,
            { file, field: "statusPage.page" },
            `"${statusPage.page}" is not the id of a page`,
            "write its 12 letters and digits, which the page's settings show under API info",
          ),
        ]),
    ...components.flatMap(({ service, ...each }, index) => [
      ...(["component", "description"] as const)
        .filter((field) => each[field].trim() === "")
        .map((field) => finding(component, where(service, field), `the ${field} is blank`, "write it in users' words")),
      ...(components.findIndex((other) => other.component === each.component) < index || groups.has(each.component)
        ? [
            finding(
              component,
              where(service, "component"),
              `"${each.component}" is on the page already`,
              "give each component and each group a name of its own",
            ),
          ]
        : []),
    ]),
  ];
}
