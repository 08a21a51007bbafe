/**
 * The file that called `callee`, so that a finding can name it.
 * It is an absolute path, or a file URL under an ES module loader; only messages use it, never the output.
 */
export function fileOfCaller(callee: (...args: never[]) => unknown): string {
  const prepare = Error.prepareStackTrace;
  const limit = Error.stackTraceLimit;
  const trace: { stack?: string } = {};
  try {
    Error.stackTraceLimit = 1;
    Error.prepareStackTrace = (_error, [site]) => site?.getFileName() ?? "";
    Error.captureStackTrace(trace, callee);
    return trace.stack ?? "";
  } finally {
    Error.prepareStackTrace = prepare;
    Error.stackTraceLimit = limit;
  }
}
