import type { Facts } from "./facts";

/** A change of region makes a new resource of any kind. Source: hashicorp/aws, enhanced region support, `region` argument. */
export const region = { region: { forceNew: true } } satisfies Record<string, Facts>;
