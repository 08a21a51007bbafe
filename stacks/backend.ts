import {
  DataTerraformRemoteStateLocal,
  DataTerraformRemoteStateS3,
  LocalBackend,
  S3Backend,
  type TerraformStack,
} from "cdktf";
import type { Construct } from "constructs";
import type { State } from "../model/environment";
import { never } from "../model/result";

/** What decides where a stack's state is. */
export interface StackState {
  /** Name of the stack. */
  readonly stack: string;
  readonly state: State;
  /** Organization, the first part of an S3 key, so that one bucket can serve several. */
  readonly organization: string;
}

/**
 * Path of a local state, from the folder that Terraform runs in (`cdktf.out/stacks/<stack>`) to the project's root: beside the
 * output, so that a new synthesis cannot remove it, and relative, so that the output is the same in every checkout.
 */
const localPath = (stack: string): string => `../../../terraform.${stack}.tfstate`;

const s3Key = ({ organization, stack }: StackState): string => `${organization}/${stack}.tfstate`;

/** Gives a stack the backend that its `state` setting asks for. */
export function addBackend(scope: TerraformStack, where: StackState): void {
  const { state, stack } = where;
  switch (state.kind) {
    case "local":
      new LocalBackend(scope, { path: localPath(stack) });
      return;
    case "s3":
      new S3Backend(scope, { bucket: state.bucket, key: s3Key(where), region: state.region, encrypt: true });
      // Terraform's own lock file beside the state; the binding does not know the argument yet.
      scope.addOverride("terraform.backend.s3.use_lockfile", true);
      return;
    default:
      never(state);
  }
}

/** Reads the outputs of another stack from wherever its `state` setting put them. */
export function remoteState(
  scope: Construct,
  id: string,
  where: StackState,
): DataTerraformRemoteStateLocal | DataTerraformRemoteStateS3 {
  const { state, stack } = where;
  switch (state.kind) {
    case "local":
      return new DataTerraformRemoteStateLocal(scope, id, { path: localPath(stack) });
    case "s3":
      return new DataTerraformRemoteStateS3(scope, id, {
        bucket: state.bucket,
        key: s3Key(where),
        region: state.region,
      });
    default:
      return never(state);
  }
}
