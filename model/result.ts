/** A value, or one sentence that says what is wrong and how to mend it. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: string };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });
export const fail = (error: string): { readonly ok: false; readonly error: string } => ({ ok: false, error });

/**
 * The value of a result that the checks have already accepted.
 * @throws Error when it was not: a defect of ours, never a user's mistake, since checks run before anything is rendered.
 */
export function checked<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`unchecked value: ${result.error}`);
  return result.value;
}

/** Ends an exhaustive switch: a new member of the union is a compile error here. */
export function never(value: never): never {
  throw new Error(`unhandled ${JSON.stringify(value)}`);
}
