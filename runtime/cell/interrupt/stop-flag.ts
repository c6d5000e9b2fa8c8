// The flag that compiled loops look at: a constant of the global object. V8 folds a constant that was never assigned
// into the code it optimises, so a loop's check costs nothing (0.26 ns an iteration with and without; reading shared
// memory made it 1.9), and throws that code away when the constant is defined anew. A spinning loop notices at its next
// turn, where it also runs what the watcher's inspector session asks for.

import { FLAG } from '../../compile/flag.ts';
import { onIntrusion, SHOW_FLAG } from './intrusion.ts';
import { STOP } from './shared-memory.ts';

/** Makes the flag. `show` gives it the value of the STOP word. */
export function createFlag(shared: Int32Array<SharedArrayBuffer>): { readonly show: () => void } {
  const realm = globalThis;
  let shown: number | undefined;
  // It calls no function written in JavaScript, so no termination can fall between its lines.
  const show = () => {
    const value = shared[STOP];
    if (value === shown) return;
    shown = value;
    // To V8, a property that merely changed its value is a variable from then on, and each check would cost 1 ns. Deleted
    // and defined anew it is a constant again; but if the object takes no new properties, it must not be deleted.
    if (Object.isExtensible(realm)) Reflect.deleteProperty(realm, FLAG);
    Reflect.defineProperty(realm, FLAG, { value, configurable: true });
  };
  show();
  onIntrusion(SHOW_FLAG, show);
  return { show };
}
