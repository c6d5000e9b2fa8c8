// The flag that compiled loops look at, as a constant of the global object: V8 folds a constant that was never assigned
// into the code it optimises, so that a loop's check costs nothing (0.26 ns an iteration with and without; a read of
// shared memory made it 1.9), and throws that code away when the constant is defined anew. A spinning loop comes
// to see that at its next turn, where it also runs what the watcher's inspector session asks for.

import { FLAG } from '../../compile/flag.ts';
import { onIntrusion, SHOW_FLAG } from './intrusion.ts';
import { STOP } from './shared-memory.ts';

/** Makes the flag. `show` gives it the value of the STOP word. */
export function createFlag(shared: Int32Array<SharedArrayBuffer>): { readonly show: () => void } {
  const realm = globalThis;
  let shown: number | undefined;
  // No call in it is one of JavaScript's functions, so that no termination can strike between its lines.
  const show = () => {
    const value = shared[STOP];
    if (value === shown) return;
    shown = value;
    // A property that only changed its value would be a variable to V8 for good, and cost 1 ns at each check. One that
    // was deleted is made anew, a constant again; but where nothing may be added nothing may be deleted.
    if (Object.isExtensible(realm)) Reflect.deleteProperty(realm, FLAG);
    Reflect.defineProperty(realm, FLAG, { value, configurable: true });
  };
  show();
  onIntrusion(SHOW_FLAG, show);
  return { show };
}
