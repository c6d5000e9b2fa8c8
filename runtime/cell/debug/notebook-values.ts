// The notebook's names for the variable explorer: their values, and what kind of name each is. No getter of a person's is
// run.

import { types } from '#host/inspection';
import { coroutineFunctionCode } from '../../asyncio/engine/coroutine-functions.ts';
import { SUFFIX } from '../../compile/suffix.ts';
import type { ListedName } from '../../debuggee.ts';

/** What the explorer needs to know about names. */
export interface NamesRead {
  all(): readonly string[];
  read(name: string): { readonly value: unknown } | undefined;
}

/** The names, oldest first, with their kinds; and an object that has their values as its properties. */
export function notebookValues(names: NamesRead): {
  readonly list: readonly ListedName[];
  readonly values: Readonly<Record<string, unknown>>;
} {
  const list: ListedName[] = [];
  const values: Record<string, unknown> = Object.create(null);
  for (const name of names.all()) {
    const found = names.read(name);
    if (found === undefined) continue;
    list.push({ name, kind: kindOf(name), coroutine: makesCoroutines(found.value) });
    Object.defineProperty(values, name, { value: found.value, enumerable: true });
  }
  return { list, values };
}

function makesCoroutines(value: unknown): boolean {
  return !types.isProxy(value) && coroutineFunctionCode(value) !== undefined;
}

function kindOf(name: string): ListedName['kind'] {
  const descriptor = Object.getOwnPropertyDescriptor(globalThis, name + SUFFIX);
  // A local file's export is read anew at each use.
  if (descriptor?.get !== undefined) return 'import';
  return descriptor?.writable === false ? 'constant' : 'variable';
}
