// Whether two values of a widget are the same one. A Date and a list are made anew whenever they are read.

/** As `Object.is`, and so for each item of lists and for the time of Dates. */
export function same(one: unknown, other: unknown): boolean {
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, at) => same(item, other[at]));
  }
  if (one instanceof Date && other instanceof Date) return Object.is(one.getTime(), other.getTime());
  return Object.is(one, other);
}
