import picomatch from "picomatch";
import { didYouMean } from "../model/suggest";
import { UserError } from "./user-error";

/**
 * The stacks whose names match any of the globs, in their own order; all of them without a glob.
 * @throws UserError for every glob that matches none.
 */
export function selectStacks<S extends { readonly name: string }>(
  stacks: readonly S[],
  globs: readonly string[],
): readonly S[] {
  if (globs.length === 0) return stacks;
  const names = stacks.map(({ name }) => name);
  const vain = globs.filter((glob) => !names.some((name) => picomatch.isMatch(name, glob)));
  if (vain.length > 0) {
    const lines = vain.map((glob) => `no stack matches "${glob}".${didYouMean(glob, names)}`);
    throw new UserError(`${lines.join("\n")}\n  known: ${names.join(", ")}`);
  }
  return stacks.filter(({ name }) => picomatch.isMatch(name, [...globs]));
}
