/** Text of a JSON string token, quotes and escapes undone. */
const textOf = (token: string): string => {
  const value: unknown = JSON.parse(token);
  return String(value);
};

/** An object or array that is open at some place of the text. */
interface Open {
  readonly kind: "object" | "array";
  /** The key or index that the next value belongs to. */
  key: string;
  /** Whether a key was read and its value was not. */
  inValue: boolean;
}

const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g;

/**
 * The keys that lead to the value at an offset of a JSON text, outermost first: `["resource", "aws_kms_key", "logs"]`.
 * Only for texts that parse. An offset on a key counts as on its value.
 */
export function jsonPathAt(text: string, offset: number): readonly string[] {
  const open: Open[] = [];
  for (const match of text.matchAll(token)) {
    if (match.index > offset) break;
    const [found] = match;
    const top = open.at(-1);
    if (found === "{" || found === "[")
      open.push({ kind: found === "{" ? "object" : "array", key: found === "{" ? "" : "0", inValue: found === "[" });
    else if (found === "}" || found === "]") open.pop();
    else if (top === undefined) continue;
    else if (found === ",") {
      if (top.kind === "array") top.key = String(Number(top.key) + 1);
      else Object.assign(top, { key: "", inValue: false });
    } else if (found === ":") top.inValue = true;
    else if (top.kind === "object" && !top.inValue) top.key = textOf(found);
  }
  return open.map(({ key }) => key).filter((key) => key !== "");
}

/** The same for an offset in bytes of the text's UTF-8, as terraform counts. */
export const jsonPathAtByte = (text: string, byte: number): readonly string[] =>
  jsonPathAt(text, Buffer.from(text, "utf8").subarray(0, byte).toString("utf8").length);
