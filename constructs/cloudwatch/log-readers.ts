import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import type { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Construct } from "constructs";
import type { EnvironmentEstate } from "../../model/estate";
import { logArchiveOf } from "../../model/log-archive";
import { iamPolicy } from "../iam/document";
import { literal, literals } from "../terraform/literal";
import { throughS3 } from "./archive-policies";
import { logReadingStatements, logUnmaskStatements } from "./log-reading";

/** What lets people read an environment's logs, as policies that roles are given: masked, and what is masked apart from it. */
export class LogReaders extends Construct {
  constructor(scope: Construct, id: string, estate: EnvironmentEstate, { key }: { readonly key: KmsKey | undefined }) {
    super(scope, id);
    const { environment } = estate;
    const tags = literals({ environment: environment.name });
    // Results of questions are encrypted with it too, so asking needs more than reading.
    const decrypt =
      key === undefined || logArchiveOf(environment) === undefined
        ? []
        : [throughS3("DecryptTheArchive", ["kms:Decrypt", "kms:GenerateDataKey"], key.arn, environment.region)];
    new IamPolicy(this, "read", {
      name: literal(`${environment.name}-logs-read`),
      description: literal(`Reads the logs of ${environment.name}, masked`),
      policy: iamPolicy([...logReadingStatements(estate), ...decrypt]),
      tags,
    });
    new IamPolicy(this, "unmask", {
      name: literal(`${environment.name}-logs-unmask`),
      description: literal(`Sees what is masked in the logs of ${environment.name}`),
      policy: literal(iamPolicy(logUnmaskStatements(estate))),
      tags,
    });
  }
}
