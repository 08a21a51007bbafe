/**
 * Runs something without the text of stack traces. CDKTF takes a trace of every token that it makes, for messages that no checked
 * catalog gets, and has no switch for it: 30% of the CPU of a synthesis. What is thrown keeps its trace, since V8 makes its
 * text when it is first read (V8 documentation, Stack trace API, "Customizing stack traces").
 */
export function withoutStackTraces<T>(run: () => T): T {
  const prepare = Error.prepareStackTrace;
  Error.prepareStackTrace = () => "";
  try {
    return run();
  } finally {
    Error.prepareStackTrace = prepare;
  }
}
