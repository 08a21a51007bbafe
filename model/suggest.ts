import { distance } from "fastest-levenshtein";

/**
 * The known name that a mistyped one most likely meant, or undefined when none is near.
 * Near means: at most a third of the longer name's letters differ, ignoring case; ties go to the first in code-point order,
 * so that the same catalog always gives the same message.
 */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  let best: { readonly name: string; readonly far: number } | undefined;
  for (const candidate of [...known].sort()) {
    const far = distance(name.toLowerCase(), candidate.toLowerCase());
    if (far * 3 <= Math.max(name.length, candidate.length) && (best === undefined || far < best.far)) {
      best = { name: candidate, far };
    }
  }
  return best?.name;
}

/** ` Did you mean "x"?` with its leading space, or nothing, to end a message with. */
export function didYouMean(name: string, known: Iterable<string>): string {
  const near = nearest(name, known);
  return near === undefined ? "" : ` Did you mean "${near}"?`;
}
