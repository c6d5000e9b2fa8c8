// Which built-ins the kernel's code uses as they were before the first cell. Read by the build (.ci/pristine.mjs) as well.

/** Classes whose methods are called; `Generator` and `TypedArray` have no name of their own in JavaScript. */
export const CLASSES = [
  ...['Array', 'ArrayBuffer', 'BigInt', 'Boolean', 'Buffer', 'DataView', 'Date', 'Error', 'Function', 'Generator'],
  ...[
    'Map',
    'MessagePort',
    'Number',
    'Object',
    'Promise',
    'RegExp',
    'Set',
    'String',
    'Symbol',
    'TextDecoder',
    'TextEncoder',
  ],
  ...['TypedArray', 'URL', 'Uint8Array', 'WeakMap', 'WeakRef', 'WeakSet'],
] as const;

/** Objects whose functions are called: `Object.entries`, `Math.max`, `process.cwd` … */
export const HOLDERS = [
  ...['Array', 'ArrayBuffer', 'Atomics', 'BigInt', 'Buffer', 'Date', 'Error', 'JSON', 'Math', 'Number', 'Object'],
  ...['Promise', 'Reflect', 'String', 'Symbol', 'URL', 'performance', 'process'],
] as const;

/** The object of that name; an empty class in the place of what a page does not have. */
export function builtIn(name: string): object {
  if (name === 'TypedArray') return Object.getPrototypeOf(Uint8Array) as object;
  // Its `prototype` is that of all generators.
  if (name === 'Generator') return Object.getPrototypeOf(function* () {}) as object;
  return (globalThis as unknown as Readonly<Record<string, object | undefined>>)[name] ?? class {};
}
