const units = [
  ["d", 86_400],
  ["h", 3600],
  ["m", 60],
] as const;

/** Seconds as people read them: the two largest units, the smaller one rounded up. */
export function spokenSeconds(seconds: number): string {
  const index = units.findIndex(([, size]) => seconds >= size);
  const [unit, size] = units[index] ?? ["s", 1];
  if (size === 1) return `${seconds}s`;
  const [smaller, small] = units[index + 1] ?? (["s", 1] as const);
  const whole = Math.floor(seconds / size);
  const rest = Math.ceil((seconds - whole * size) / small);
  return rest === 0 ? `${whole}${unit}` : `${whole}${unit}${rest}${smaller}`;
}
