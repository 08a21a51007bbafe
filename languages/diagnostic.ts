/** What is wrong at one place of a query's text. */
export interface Diagnostic {
  /** One sentence in the reader's words, without the position. */
  readonly message: string;
  /** Zero-based offset of the first offending character. */
  readonly offset: number;
  /** Number of offending characters; 0 when something is missing at `offset`. */
  readonly length: number;
}

/** A parse either yields a value or every diagnostic found; never both, never a throw. */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };
