/*
 * Reading what a `catch` caught. By its shape rather than by `instanceof Error`, which fails for errors from another
 * realm, as every error of Node's own is inside a test runner.
 */

/** The message of something caught, on one line: parsers quote the source text, line breaks included. */
export function reasonOf(caught: unknown): string {
  const text = typeof caught === "object" && caught !== null && "message" in caught ? caught.message : caught;
  return String(text).replace(/\s+/g, " ").trim();
}

/** The code of a caught system error (`ENOENT`), or undefined for any other error. */
export function codeOf(caught: unknown): string | undefined {
  return typeof caught === "object" && caught !== null && "code" in caught ? String(caught.code) : undefined;
}
