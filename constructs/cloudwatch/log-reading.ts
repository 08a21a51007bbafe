import type { EnvironmentEstate, ServiceEstate } from "../../model/estate";
import { logArchiveOf } from "../../model/log-archive";
import type { IamStatement } from "../iam/document";
import { logGroupReading, logQueryReading } from "../iam/log-actions";
import { archiveDatabase, archiveTable, archiveWorkgroup } from "./archive-names";

/** A log group as the commands and policies of AWS name it. */
export const logGroupArn = ({ environment, logGroup }: ServiceEstate): string =>
  `arn:aws:logs:${environment.region}:${environment.account}:log-group:${logGroup.name}`;

const allStreams = (estate: ServiceEstate): readonly string[] => [logGroupArn(estate), `${logGroupArn(estate)}:*`];

/** Reading the archive: by Athena, through its own workgroup, whose results alone are written. */
function archiveStatements({ environment }: EnvironmentEstate): readonly IamStatement[] {
  const archive = logArchiveOf(environment);
  if (archive === undefined) return [];
  const { account, region, name } = environment;
  const bucket = `arn:aws:s3:::${archive.bucket}`;
  const glue = `arn:aws:glue:${region}:${account}`;
  const database = archiveDatabase(name);
  return [
    {
      Sid: "AskTheArchive",
      Effect: "Allow",
      Action: [
        "athena:BatchGetNamedQuery",
        "athena:GetNamedQuery",
        "athena:GetQueryExecution",
        "athena:GetQueryResults",
        "athena:GetWorkGroup",
        "athena:ListNamedQueries",
        "athena:ListQueryExecutions",
        "athena:StartQueryExecution",
        "athena:StopQueryExecution",
      ],
      Resource: `arn:aws:athena:${region}:${account}:workgroup/${archiveWorkgroup(name)}`,
    },
    {
      Sid: "KnowItsTable",
      Effect: "Allow",
      Action: ["glue:GetDatabase", "glue:GetPartition", "glue:GetPartitions", "glue:GetTable"],
      Resource: [`${glue}:catalog`, `${glue}:database/${database}`, `${glue}:table/${database}/${archiveTable}`],
    },
    { Sid: "FindItsObjects", Effect: "Allow", Action: ["s3:GetBucketLocation", "s3:ListBucket"], Resource: bucket },
    {
      Sid: "ReadItsEvents",
      Effect: "Allow",
      Action: "s3:GetObject",
      Resource: [`${bucket}/events/*`, `${bucket}/athena-results/*`],
    },
    {
      Sid: "KeepItsResults",
      Effect: "Allow",
      Action: ["s3:AbortMultipartUpload", "s3:PutObject"],
      Resource: `${bucket}/athena-results/*`,
    },
  ];
}

/**
 * What one may do who reads an environment's logs: masked, of its own log groups and archive. Nothing is changed by any of it. The key
 * that production's archive is encrypted with is not among it: its policy hands access out, and its ARN is known once it is created.
 */
export const logReadingStatements = (estate: EnvironmentEstate): readonly IamStatement[] => [
  {
    Sid: "ReadLogGroups",
    Effect: "Allow",
    Action: logGroupReading,
    Resource: estate.services.flatMap(allStreams),
  },
  {
    Sid: "FindThemAndTheirQueries",
    Effect: "Allow",
    Action: ["logs:DescribeLogGroups", ...logQueryReading],
    Resource: "*",
  },
  ...archiveStatements(estate),
];

/** What lets somebody see what is masked: apart, for the few who must, and for as long as they must. */
export const logUnmaskStatements = (estate: EnvironmentEstate): readonly IamStatement[] => [
  { Sid: "SeeWhatIsMasked", Effect: "Allow", Action: "logs:Unmask", Resource: estate.services.flatMap(allStreams) },
];
