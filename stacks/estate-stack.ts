import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { addBackend, type StackState } from "./backend";

/** What every stack of the estate is: named, with its state where the catalog wants it. */
export abstract class EstateStack extends TerraformStack {
  constructor(scope: Construct, state: StackState) {
    super(scope, state.stack);
    // The first that can lock S3 state with a lock file (Terraform 1.10 release notes).
    this.addOverride("terraform.required_version", ">= 1.10");
    addBackend(this, state);
  }

  /** The name that Terraform gives to what stands where this construct does, within its type. */
  addressOf(construct: Construct): string {
    return this.allocateLogicalId(construct.node);
  }

  /**
   * Does nothing, where CDKTF resolves every resource once before it does so to write it, in search of tokens of other stacks, which it
   * turns into outputs and remote states: a fifth of the CPU of a synthesis. Here no stack holds another's tokens: what one
   * needs of another it reads from that one's declared outputs (`remoteState`).
   */
  override prepareStack(): void {}
}
