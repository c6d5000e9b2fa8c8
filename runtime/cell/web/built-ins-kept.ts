// JavaScript's built-ins as they were when the worker started. The compiler and its parser run in the worker, beside the
// cells, and call thousands of methods of theirs: while it compiles, the built-ins are put back as they were, and
// afterwards as the cells have made them. In Node the compiler has a process of its own.

import { builtIn, CLASSES, HOLDERS } from '../../pristine/built-ins.ts';

/** Besides what the kernel's own code uses: what the parser and the rewriter of texts use. */
const FURTHER = ['DataView', 'Int32Array', 'RangeError', 'SyntaxError', 'TypeError', 'Uint16Array', 'Uint32Array'];
/** Whatever is added to these is found on every object, array or function. */
const SHARED = [Object.prototype, Array.prototype, Function.prototype];

type Properties = ReadonlyMap<PropertyKey, PropertyDescriptor>;

/** Puts the built-ins back; what it returns puts them as the cells had made them. */
export type KeepBuiltIns = () => () => void;

/** Remembers the built-ins as they are now. */
export function keepBuiltIns(): KeepBuiltIns {
  const kept = new Map(holders().map((holder) => [holder, propertiesOf(holder)]));
  /** How many compile now: only the first changes anything, and only the last puts it back. */
  let uses = 0;
  let changed: [holder: object, key: PropertyKey, theirs: PropertyDescriptor | undefined][] = [];
  const giveBack = () => {
    uses -= 1;
    if (uses > 0) return;
    for (const [holder, key, theirs] of changed) {
      if (theirs === undefined) Reflect.deleteProperty(holder, key);
      else Reflect.defineProperty(holder, key, theirs);
    }
    changed = [];
  };
  return () => {
    uses += 1;
    if (uses > 1) return giveBack;
    for (const [holder, properties] of kept) {
      for (const [key, ours] of properties) {
        const theirs = Reflect.getOwnPropertyDescriptor(holder, key);
        if (theirs?.value === ours.value && theirs?.get === ours.get && theirs?.set === ours.set) continue;
        if (Reflect.defineProperty(holder, key, ours)) changed.push([holder, key, theirs]);
      }
    }
    for (const holder of SHARED) {
      for (const key of Reflect.ownKeys(holder)) {
        const theirs = Reflect.getOwnPropertyDescriptor(holder, key);
        if (kept.get(holder)?.has(key) || theirs === undefined) continue;
        if (Reflect.deleteProperty(holder, key)) changed.push([holder, key, theirs]);
      }
    }
    return giveBack;
  };
}

function holders(): object[] {
  const named = [...CLASSES, ...HOLDERS, ...FURTHER].map(builtIn);
  const prototypes = named.flatMap((one) => ('prototype' in one ? [one.prototype as object] : []));
  const iterators = [[].values(), new Map().values(), new Set().values(), ''[Symbol.iterator](), ''.matchAll(/x/g)];
  const theirs = iterators.map((one) => Object.getPrototypeOf(one) as object);
  // The parser's memory.
  const memory = (
    globalThis as unknown as { readonly WebAssembly: { readonly Memory: { readonly prototype: object } } }
  ).WebAssembly.Memory.prototype;
  return [
    ...new Set([...named, ...prototypes, memory, ...theirs, Object.getPrototypeOf(theirs[0] as object) as object]),
  ];
}

function propertiesOf(holder: object): Properties {
  return new Map(
    Reflect.ownKeys(holder).flatMap((key) => {
      const found = Reflect.getOwnPropertyDescriptor(holder, key);
      return found === undefined ? [] : [[key, found] as const];
    }),
  );
}
