// link: two widgets that always have the same value.

import type { NameOf, Widget } from './model/widget.ts';

/**
 * Keeps a value of one widget and one of another the same: first the second becomes as the first, then each change of one
 * becomes one of the other. Returns a function that ends that.
 * @example link(frame, 'value', position, 'value')
 */
export function link<A extends object, B extends object, Name extends NameOf<A>>(
  one: Widget<A> & A,
  name: Name,
  other: Widget<B> & B,
  otherName: { [Key in NameOf<B>]: B[Key] extends A[Name] ? Key : never }[NameOf<B>],
): () => void {
  const from = one as Readonly<Record<string, unknown>>;
  const copy = (source: object, key: string, target: object, targetKey: string) => () => {
    const value: unknown = Reflect.get(source, key);
    if (!Object.is(value, Reflect.get(target, targetKey))) Reflect.set(target, targetKey, value);
  };
  const there = copy(from, name, other, otherName);
  const back = copy(other, otherName, from, name);
  there();
  const stops = [
    one.model.hear(one.translation.traitOf(name), there),
    other.model.hear(other.translation.traitOf(otherName), back),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
