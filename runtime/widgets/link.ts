// link: two widgets that always have the same value.

import { same } from './model/same.ts';
import { listenTo, type NameOf, type Widget } from './model/widget.ts';
import { widgetHost } from './model/widget-host.ts';

/**
 * Keeps a value of one widget and one of another the same: first the second becomes as the first, then each change of one
 * becomes one of the other. Where the other has narrower limits, both stay within them. What the other refuses is an
 * error under this cell. Returns a function that ends that.
 *
 * @throws {TypeError} if a widget has no such name, or the second cannot have the value of the first
 * @example link(frame, 'value', position, 'value')
 */
export function link<A extends object, B extends object, Name extends NameOf<A>>(
  one: Widget<A> & A,
  name: Name,
  other: Widget<B> & B,
  otherName: { [Key in NameOf<B>]: B[Key] extends A[Name] ? Key : never }[NameOf<B>],
): () => void {
  const listens = [listenTo(one, name), listenTo(other, otherName)] as const;
  const host = widgetHost();
  const owner = host.cause();
  const first = endOf(one, name);
  const second = endOf(other, otherName);
  let copying = false;
  const copy = (from: End, to: End): void => {
    if (copying) return;
    copying = true;
    try {
      if (!same(to.get(), from.get())) to.set(from.get());
      if (!same(from.get(), to.get())) from.set(to.get());
    } finally {
      copying = false;
    }
  };
  // A page has made the change, perhaps, and nobody there can catch what this throws.
  const follow = (from: End, to: End) => () => {
    try {
      copy(from, to);
    } catch (error) {
      host.asCause(owner, () => host.report(error));
    }
  };
  copy(first, second);
  const stops = [listens[0](follow(first, second)), listens[1](follow(second, first))];
  return () => {
    for (const stop of stops) stop();
  };
}

interface End {
  get(): unknown;
  set(value: unknown): void;
}

function endOf(widget: object, name: string): End {
  return { get: () => Reflect.get(widget, name), set: (value) => void Reflect.set(widget, name, value) };
}
