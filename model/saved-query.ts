/** A query of logs that people open during an incident. */
export interface SavedQuery {
  /** Unique within the service, for people: `Errors of the last hour`. */
  readonly name: string;
  /** CloudWatch Logs Insights query language. */
  readonly text: string;
}

/** Declares a saved CloudWatch Logs Insights query; its text is parsed and its fields are held against the log contract. */
export const insights = (name: string, text: string): SavedQuery => ({ name, text: text.trim() });
