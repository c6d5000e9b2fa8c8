// A coroutine that a cell shows instead of its picture, because an await is missing: it says what to write.

import type { Coroutine } from '../../asyncio/engine/coroutine.ts';

/** The same coroutine; shown before anybody awaited it, it says that `await` and `call` is what was meant. */
export function remindOfAwait<C extends Coroutine<unknown>>(coroutine: C, call: string): C {
  const text = `Nothing ran yet: this is a coroutine object. Write await in front: await ${call}`;
  return Object.assign(coroutine, {
    [Symbol.for('nodejs.util.inspect.custom')]: () => text,
    [Symbol.for('Jupyter.display')]: () => ({ 'text/plain': text }),
  });
}
