// A long cell's code as text. Kept out of compile-process.ts, because importing that would load the compiler too early.

import type { CompiledCell } from '../../runtime/events.ts';

/** A compiled cell with its code and its map as text. */
export function withCode(compiled: CompiledCell): CompiledCell {
  if (compiled.long === undefined) return compiled;
  const [code, map] = compiled.long.map((bytes) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)) as [
    string,
    string,
    string,
  ];
  return { code, map, declares: compiled.declares };
}
