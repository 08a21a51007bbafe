import type { Allowed } from "../schema/provider-schema";

/** What bindings lose of one argument or block. */
export interface Facts {
  readonly sensitive?: true;
  readonly deprecated?: true;
  /** A change makes the provider replace the resource. */
  readonly forceNew?: true;
  /** The values that the provider accepts; of a collection, each element's. */
  readonly oneOf?: Allowed;
  /** Of a map that the provider computes: the keys that the estate looks up. */
  readonly keys?: readonly string[];
  /** What the provider plans when the argument is left out. */
  readonly default?: string | number | boolean;
  /** Of a block: fewest. Bindings know 1 for a required one. */
  readonly minItems?: number;
  /** Of a block: most. */
  readonly maxItems?: number;
}

/** What bindings lose of one type. */
export interface TypeFacts {
  /** Where the facts are from: page and section of the provider's documentation, or of the service's. */
  readonly source: string;
  /** Version of the state's layout. Default: 0. */
  readonly version?: number;
  /** By the argument's path, names joined with dots: `metric_transformation.unit`. */
  readonly facts: { readonly [path: string]: Facts };
}

/** What bindings lose of one provider, of the types that the estate uses. */
export interface ProviderFacts {
  readonly configuration?: TypeFacts;
  readonly resources: { readonly [type: string]: TypeFacts };
  readonly dataSources?: { readonly [type: string]: TypeFacts };
}
