/**
 * A function that computes once for each argument: for pure functions of immutable values that several layers ask the same of, such
 * as the checks and the constructs. A result is forgotten with its argument. Two arguments are two functions, one within the other.
 */
export function memoized<K extends WeakKey, V extends NonNullable<unknown>>(compute: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, V>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const value = compute(key);
    known.set(key, value);
    return value;
  };
}
