/** The values that stand under a key that an earlier one has, each with the first of that key. */
export function duplicates<T>(
  values: readonly T[],
  keyOf: (value: T) => string,
): readonly { readonly first: T; readonly again: T }[] {
  const seen = new Map<string, T>();
  const found: { readonly first: T; readonly again: T }[] = [];
  for (const value of values) {
    const key = keyOf(value);
    const first = seen.get(key);
    if (first === undefined) seen.set(key, value);
    else found.push({ first, again: value });
  }
  return found;
}

/** The values without those whose key an earlier one has. */
export function firsts<T>(values: readonly T[], keyOf: (value: T) => string): readonly T[] {
  const repeated = new Set(duplicates(values, keyOf).map(({ again }) => again));
  return values.filter((value) => !repeated.has(value));
}
