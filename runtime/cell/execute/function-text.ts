// Function.prototype.toString, so that functions of cells and of local files have the text that the person wrote, as
// JavaScript: their compiled text has our checks and names in it. All other functions keep their own.

import { bodyOf } from '../../asyncio/engine/coroutine-functions.ts';
import { withoutSuffix } from '../../compile/suffix.ts';
import type { FunctionPlace } from '../../events.ts';

/** Where the texts of functions come from. */
export interface FunctionSources {
  /** Where a compiled function begins in its source. */
  readonly find: (compiled: string) => FunctionPlace | undefined;
  /** Has the kernel process write out the function that begins there. */
  readonly write: (place: FunctionPlace) => string | undefined;
}

/** Texts are kept: whoever asks for one often asks again. */
const MOST = 500;

/** What compiled texts hold: names of ours, or a function without the name that it was declared with. */
const COMPILED = /\u200c|__|cokernel\.loader|^(?:async )?function ?\*? ?\(/;

/** Installs it on Function.prototype. */
export function installFunctionText({ find, write }: FunctionSources): void {
  const native = Function.prototype.toString;
  const texts = new Map<string, string>();
  const textOf = (compiled: string): string => {
    const known = texts.get(compiled);
    if (known !== undefined) return known;
    const place = find(compiled);
    const text = (place && write(place)) ?? withoutSuffix(compiled);
    if (texts.size >= MOST) texts.clear();
    texts.set(compiled, text);
    return text;
  };
  const written = {
    toString(this: unknown): string {
      // The replacement shows the text of the native function that it stands for.
      if (this === written.toString) return Reflect.apply(native, native, []);
      const text: string = Reflect.apply(native, bodyOf(this) ?? this, []);
      return COMPILED.test(text) ? textOf(text) : text;
    },
  };
  Object.defineProperty(Function.prototype, 'toString', {
    value: written.toString,
    writable: true,
    configurable: true,
  });
}
