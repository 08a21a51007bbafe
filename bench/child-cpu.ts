/** Seconds of the CPU times that `times` prints last: `0m1.230s 0m0.100s` (POSIX, Shell Command Language, `times`). */
export function childSeconds(times: string): number {
  const [children = ""] = times.trim().split("\n").slice(-1);
  return [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (total, [, minutes, seconds]) => total + Number(minutes) * 60 + Number(seconds),
    0,
  );
}
