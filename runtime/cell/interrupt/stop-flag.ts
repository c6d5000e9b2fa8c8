// The flag that compiled loops look at: a constant of the global object. V8 folds a constant that was never assigned
// into the code it optimises, so a loop's check costs nothing (0.26 ns an iteration with and without; reading shared
// memory made it 1.9), and throws that code away when the constant is defined anew. A spinning loop notices at its next
// iteration, where it also runs what the watcher's inspector session asks for.

import { FLAG } from '../../compile/flag.ts';
import { LEVEL, type Words } from './states.ts';

/** Makes the flag. The function that is returned gives it the value of the LEVEL word. */
export function createFlag(words: Words): () => void {
  const realm = globalThis;
  let shown: number | undefined;
  const show = () => {
    const value = words.get(LEVEL);
    if (value === shown) return;
    // To V8, a property that merely changed its value is a variable from then on, and each check would cost 1 ns. Deleted
    // and defined anew it is a constant again; but if the object takes no new properties, it must not be deleted.
    if (Object.isExtensible(realm)) Reflect.deleteProperty(realm, FLAG);
    Reflect.defineProperty(realm, FLAG, { value, configurable: true });
    shown = value;
  };
  show();
  return show;
}
