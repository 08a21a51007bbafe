const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (!isRecord(value)) return value;
  // Assigned one by one: building the object from entries takes three times as long, and there are thousands of dashboards.
  // Without a prototype, so that a key `__proto__` is one like any other.
  const ordered: Record<string, unknown> = Object.create(null);
  for (const key of Object.keys(value).sort()) ordered[key] = inOrder(value[key]);
  return ordered;
}

/**
 * JSON with the keys of every object in one order (code points, after whole numbers) and without whitespace: the same value
 * always gives the same text, whatever order it was built in, so that a plan shows only what changed. Undefined values and
 * functions are left out, as JSON has neither.
 */
export const canonicalJson = (value: unknown): string => JSON.stringify(inOrder(value));
