// Function.prototype.toString, so that functions of cells and of local files have the text that the person wrote, as
// JavaScript: their compiled text has our checks and names in it. All other functions keep their own.

import { bodyOf } from '../../asyncio/engine/coroutine-functions.ts';
import { withoutSuffix } from '../../compile/suffix.ts';
import type { FunctionPlace } from '../../events.ts';

/** Where the texts of functions come from. */
export interface FunctionSources {
  /** Where a compiled function begins in its source; `none` where the compiler made it, undefined of any other. `fits` looks at what comes before it in compiled code. */
  readonly find: (compiled: string, fits: (before: string) => boolean) => FunctionPlace | 'none' | undefined;
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
  const textAt = (place: ReturnType<typeof find>, compiled: string, name: string): string => {
    if (place === undefined) return withoutSuffix(compiled);
    const text = place === 'none' ? undefined : write(place);
    // What the compiler made is written as what the engine makes.
    return text ?? `function ${name}() { [native code] }`;
  };
  const textOf = (compiled: string, name: string): string => {
    const key = `${name}\n${compiled}`;
    const known = texts.get(key);
    if (known !== undefined) return known;
    const text = textAt(
      find(compiled, (before) => mayPrecede(before, compiled, name)),
      compiled,
      name,
    );
    if (texts.size >= MOST) texts.clear();
    texts.set(key, text);
    return text;
  };
  const written = {
    toString(this: unknown): string {
      // The replacement shows the text of the native function that it stands for.
      if (this === written.toString) return Reflect.apply(native, native, []);
      const made = bodyOf(this) ?? this;
      const text: string = Reflect.apply(native, made, []);
      return COMPILED.test(text) ? textOf(text, nameOf(made)) : text;
    },
  };
  Object.defineProperty(Function.prototype, 'toString', {
    value: written.toString,
    writable: true,
    configurable: true,
  });
}

/** Words that are part of a function's text, where it has them: what follows one is the end of another function. */
const PART_OF_IT = /(?:\b(?:async|get|set)\s+|\*\s*)$/;

/** The name that a value gets: `name: ` or `name = ` and what esbuild writes to keep it. */
const NAMED = /([\p{ID_Continue}$]+)"?(?::| =) (?:\/\* @__PURE__ \*\/ )?(?:__name\d*\()?$/u;

/** Whether the code before a compiled text lets it be the function of that name, and not a part of another one. */
function mayPrecede(code: string, text: string, name: string): boolean {
  const before = code.slice(-200);
  if (PART_OF_IT.test(before)) return false;
  if (/[\p{ID_Continue}$#]$/u.test(before) && /^[\p{ID_Continue}$]/u.test(text)) return false;
  const named = NAMED.exec(before)?.[1];
  return named === undefined || withoutSuffix(named) === name;
}

/** A function's own name. One that a class gives itself may be anything, and is not read. */
function nameOf(target: unknown): string {
  if (typeof target !== 'function') return '';
  const name: unknown = Object.getOwnPropertyDescriptor(target, 'name')?.value;
  return typeof name === 'string' ? name : '';
}
