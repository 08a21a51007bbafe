/** What every processor may say. */
interface Common {
  /** Names the step where it fails. */
  readonly tag: string;
  /** A condition in Painless. */
  readonly if?: string;
  readonly on_failure?: readonly Processor[];
}

/** A step of an ingest pipeline. Source: Elasticsearch guide, "Ingest processor reference". */
export type Processor =
  | { readonly set: Common & { readonly field: string; readonly value: string; readonly override?: boolean } }
  | { readonly uppercase: Common & { readonly field: string; readonly ignore_missing: true } }
  | { readonly drop: Common }
  | { readonly remove: Common & { readonly field: string; readonly ignore_missing: true } }
  | { readonly remove: Common & { readonly keep: readonly string[] } }
  | {
      readonly fingerprint: Common & {
        readonly fields: readonly string[];
        readonly target_field: string;
        readonly method: "SHA-256";
        readonly salt: string;
        readonly ignore_missing: true;
      };
    }
  | {
      readonly gsub: Common & {
        readonly field: string;
        readonly pattern: string;
        readonly replacement: string;
        readonly ignore_missing: true;
      };
    }
  | {
      readonly date: Common & {
        readonly field: string;
        readonly formats: readonly string[];
        readonly target_field: "@timestamp";
      };
    };
