/** A value that Terraform does not know yet. A refined one carries what is known of it, which goes back as it came. */
export class Unknown {
  /** MessagePack extension: 0 for an unknown value, 12 for one with refinements. */
  readonly extension: number;
  readonly refinements: Uint8Array;

  constructor(extension: number, refinements: Uint8Array) {
    this.extension = extension;
    this.refinements = refinements;
  }
}

/** An unknown value that nothing is known of. */
export const unknown = new Unknown(0, new Uint8Array([0]));

export type ObjectValue = { readonly [name: string]: Value };
export type ListValue = readonly Value[];

/**
 * A Terraform value as it stands on the wire.
 *
 * Numbers: what a double holds exactly is a number, a larger integer a bigint, all else its decimal digits in a string; which of
 * them a value is depends on nothing but the value, so that equal values compare equal. A value of a dynamic attribute is
 * a pair: the bytes of its type's JSON, and the value.
 */
export type Value = null | boolean | number | bigint | string | Unknown | Uint8Array | ListValue | ObjectValue;

export const isList = (value: Value): value is ListValue => Array.isArray(value);

export const isObject = (value: Value): value is ObjectValue =>
  value !== null &&
  typeof value === "object" &&
  !Array.isArray(value) &&
  !(value instanceof Unknown) &&
  !(value instanceof Uint8Array);

/** The value of a dynamic attribute, told by the bytes of its type. */
export const isDynamic = (value: Value): value is readonly [Uint8Array, Value] =>
  isList(value) && value.length === 2 && value[0] instanceof Uint8Array;

/** Whether any part of a value is unknown. */
export function hasUnknown(value: Value): boolean {
  if (value instanceof Unknown) return true;
  if (isList(value)) return value.some(hasUnknown);
  return isObject(value) && Object.values(value).some(hasUnknown);
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

/** Whether two values are the same; an unknown value is the same as no other, for it may become any. */
export function sameValue(a: Value, b: Value): boolean {
  if (a instanceof Unknown || b instanceof Unknown) return false;
  if (a === b) return true;
  if (a instanceof Uint8Array) return b instanceof Uint8Array && sameBytes(a, b);
  if (isList(a)) {
    return isList(b) && a.length === b.length && a.every((element, index) => sameValue(element, b[index] ?? null));
  }
  if (!isObject(a) || !isObject(b)) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && sameValue(a[name] ?? null, b[name] ?? null))
  );
}
