import type { ServiceEstate } from "../../model/estate";
import { isStructured, logContractOf } from "../../model/log-contract";
import { sensitivePatterns } from "../../model/redaction";
import { fail, ok, type Result } from "../../model/result";
import { customIdentifierLimits, customIdentifierRegex, fieldRegex } from "./custom-identifier";

/** Something that CloudWatch looks for by a pattern of ours. */
export interface CustomDataIdentifier {
  readonly Name: string;
  readonly Regex: string;
}

interface Audit {
  readonly Audit: { readonly FindingsDestination: { readonly CloudWatchLogs: { readonly LogGroup: string } } };
}

interface Deidentify {
  readonly Deidentify: { readonly MaskConfig: Readonly<Record<string, never>> };
}

/** A statement of a data protection policy. */
interface ProtectionStatement<Operation> {
  readonly Sid: string;
  readonly DataIdentifier: readonly string[];
  readonly Operation: Operation;
}

/**
 * A data protection policy. Its two statements name the same identifiers, or CloudWatch refuses it.
 * Source: Amazon CloudWatch Logs User Guide, "Understanding data protection policies".
 */
export interface DataProtectionPolicy {
  readonly Name: string;
  readonly Description: string;
  readonly Version: "2021-06-01";
  readonly Configuration: { readonly CustomDataIdentifier: readonly CustomDataIdentifier[] };
  readonly Statement: readonly [ProtectionStatement<Audit>, ProtectionStatement<Deidentify>];
}

/**
 * The log group that findings are told to: what was found where, without what it was. Below `/aws/vendedlogs/`, whose groups share one
 * entry of the region's resource policy (Amazon CloudWatch Logs User Guide, "Logs sent to CloudWatch Logs").
 */
export const auditLogGroup = (environment: string): string => `/aws/vendedlogs/${environment}/data-protection`;

/** What stands for a whole event's pattern: CloudWatch's own detector where it has one, since it knows checksums and neighbours. */
const managed = sensitivePatterns.flatMap(({ cloudwatch }) =>
  cloudwatch === undefined ? [] : [`arn:aws:dataprotection::aws:data-identifier/${cloudwatch}`],
);

/** Names hold letters, digits, `_` and `-` only. */
const identifierName = (name: string): string => name.replaceAll(/[^A-Za-z0-9_-]/g, "-");

function customIdentifiers(estate: ServiceEstate): Result<readonly CustomDataIdentifier[]> {
  const contract = logContractOf(estate);
  const redacted = new Set(contract?.redactions.map(({ field }) => field));
  // In lines of text a field has no name that it could be found by.
  const fields = contract !== undefined && isStructured(contract.fields) ? contract.fields : [];
  const ofPatterns = sensitivePatterns
    .filter(({ cloudwatch }) => cloudwatch === undefined)
    .map(({ name, pattern }) => ({ name, regex: customIdentifierRegex(pattern) }));
  const ofFields = fields
    .filter(({ name }) => redacted.has(name))
    .map((field) => ({ name: `field-${identifierName(field.name)}`, regex: ok(fieldRegex(field)) }));
  const identifiers: CustomDataIdentifier[] = [];
  for (const { name, regex } of [...ofPatterns, ...ofFields]) {
    if (!regex.ok) return fail(regex.error);
    if (regex.value.length > customIdentifierLimits.regexLength || name.length > customIdentifierLimits.nameLength)
      return fail(`the name of ${name} is too long for a pattern of CloudWatch: shorten it`);
    identifiers.push({ Name: name, Regex: regex.value });
  }
  return identifiers.length > customIdentifierLimits.perPolicy
    ? fail(
        `${ofFields.length} redacted fields and ${ofPatterns.length} patterns are more than the ${customIdentifierLimits.perPolicy} custom identifiers that CloudWatch takes: drop some fields where they are logged`,
      )
    : ok(identifiers);
}

/**
 * What CloudWatch hides of a service's events wherever they leave it: in the console, in queries, metric filters and subscriptions. It can
 * only mask: what is to be hashed or dropped is masked too, until collectors do better before it arrives. Only events that come after the
 * policy are masked.
 */
export function dataProtectionPolicy(estate: ServiceEstate): Result<DataProtectionPolicy> {
  const custom = customIdentifiers(estate);
  if (!custom.ok) return custom;
  const { service, environment } = estate;
  const identifiers = [...managed, ...custom.value.map(({ Name }) => Name)];
  return ok({
    Name: `${environment.name}-${service.name}`,
    Description: `Masks what must not be read in the logs of ${service.name}`,
    Version: "2021-06-01",
    Configuration: { CustomDataIdentifier: custom.value },
    Statement: [
      {
        Sid: "audit",
        DataIdentifier: identifiers,
        Operation: {
          Audit: { FindingsDestination: { CloudWatchLogs: { LogGroup: auditLogGroup(environment.name) } } },
        },
      },
      { Sid: "mask", DataIdentifier: identifiers, Operation: { Deidentify: { MaskConfig: {} } } },
    ],
  });
}
