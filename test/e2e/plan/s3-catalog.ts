import type { State } from "../../../model/environment";
import { exampleCatalog } from "../../support/example";

const state: State = { kind: "s3", bucket: "company-terraform-state", region: "eu-west-1" };
const example = exampleCatalog();

/** The example catalog with all states in S3. */
export default {
  ...example,
  environments: example.environments.map((environment) => ({ ...environment, state })),
  onCall: { ...example.onCall, state },
};
