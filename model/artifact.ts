/** A file that is delivered beside the Terraform, for those who run a system themselves. */
export interface Artifact {
  /** Path below `artifacts/<environment>/`, with forward slashes. */
  readonly path: string;
  readonly content: string;
}
