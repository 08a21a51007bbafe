/** What decides which program runs the plans. */
export interface BinaryQuestion {
  /** `TERRAFORM_BINARY_NAME`, as CDKTF has it: a name on `PATH`, or a path. Whoever sets it gets that one or none. */
  readonly named: string | undefined;
  /** Finds a program; undefined when there is none. */
  readonly search: (program: string) => string | undefined;
  /** The downloaded program, if there is one. */
  readonly cached: string | undefined;
}

export type BinaryChoice =
  | { readonly kind: "found"; readonly path: string }
  /** `TERRAFORM_BINARY_NAME` names what is not there. */
  | { readonly kind: "misnamed"; readonly name: string }
  | { readonly kind: "absent" };

/** The program to run: the named one, else `terraform`, else `tofu`, else the one downloaded before. */
export function chooseBinary({ named, search, cached }: BinaryQuestion): BinaryChoice {
  if (named !== undefined && named !== "") {
    const path = search(named);
    return path === undefined ? { kind: "misnamed", name: named } : { kind: "found", path };
  }
  const path = search("terraform") ?? search("tofu") ?? cached;
  return path === undefined ? { kind: "absent" } : { kind: "found", path };
}
