import { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import type { Service } from "../model/service";
import type { EstateStack } from "./estate-stack";

/** What Terraform calls a resource's change of address (Terraform language, `moved` block). */
interface Move {
  readonly from: string;
  readonly to: string;
}

/** Asks `read` about a construct that would stand at a path below a stack, and leaves no trace of it. */
function atPath<T>(stack: EstateStack, path: readonly string[], read: (construct: Construct) => T): T {
  let scope: Construct = stack;
  let made: { readonly parent: Construct; readonly id: string } | undefined;
  for (const id of path) {
    const child = scope.node.tryFindChild(id);
    if (child instanceof Construct) scope = child;
    else {
      made ??= { parent: scope, id };
      scope = new Construct(scope, id);
    }
  }
  try {
    return read(scope);
  } finally {
    made?.parent.node.tryRemoveChild(made.id);
  }
}

/**
 * Moves the resources of renamed services from the addresses that they had under the old name, so that Terraform keeps them. An
 * address is made of the construct's path, in which the service's name is one part.
 */
export function addMoves(stack: EstateStack, services: readonly Service[]): void {
  const renamed = new Map(
    services.flatMap(({ name, renamedFrom }) => (renamedFrom === undefined ? [] : [[name, renamedFrom] as const])),
  );
  if (renamed.size === 0) return;
  const moves = stack.node
    .findAll()
    .filter((node) => TerraformResource.isTerraformResource(node))
    .flatMap((resource): readonly Move[] => {
      const [system = "", ...path] = resource.node.path.split("/").slice(1);
      const before = [system, ...path.map((id) => renamed.get(id) ?? id)];
      if (before.join("/") === [system, ...path].join("/")) return [];
      const type = resource.terraformResourceType;
      const from = atPath(stack, before, (construct) => stack.addressOf(construct));
      return [{ from: `${type}.${from}`, to: `${type}.${resource.friendlyUniqueId}` }];
    });
  if (moves.length > 0) stack.addOverride("moved", moves);
}
