// Objects of the page that keep their methods. What a cell breaks here, it breaks for its own page alone.

/** The object. */
export function keepMethods<Kept extends object>(kept: Kept): Kept {
  return kept;
}

const { get: dataGetter } = Object.getOwnPropertyDescriptor(
  (globalThis as unknown as { readonly MessageEvent: { readonly prototype: object } }).MessageEvent.prototype,
  'data',
) as { readonly get: () => unknown };

/** What a message brings, whatever a cell makes of MessageEvent. */
export function dataOf(event: object): unknown {
  return Reflect.apply(dataGetter, event, []);
}
