import type { Result } from "../model/result";

/** A synthesized stack. */
export interface StackSource {
  readonly name: string;
  /** Text of its `cdk.tf.json`. */
  readonly configuration: string;
}

/** A stack laid out to run terraform in. */
export interface StackCopy {
  readonly name: string;
  /** Folder to run terraform in. */
  readonly folder: string;
  /** Path of its local state: write one here before `plan`, to plan against it. */
  readonly stateFile: string;
}

/**
 * Lays stacks out below `root`, one folder each: their configuration byte for byte, and an override file that keeps the state
 * in that folder whatever the backend and points every remote state at the copy that it means.
 *
 * A remote state is read from the copy's state file when that exists at the time of this call or of `refreshRemoteStates`;
 * otherwise its outputs are unknown until apply.
 */
export declare function layOutStacks(
  root: string,
  stacks: readonly StackSource[],
): Promise<Result<readonly StackCopy[]>>;
