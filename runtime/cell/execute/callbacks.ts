// Callbacks that Node calls directly (timers, immediates, microtasks, ticks) enter user code through the guard, so that
// a spinning one can be stopped. Their errors are reported under the cell that set them.

import type { Guard } from '../interrupt/guard.ts';
import { type Interrupts, KeyboardInterrupt } from '../interrupt/interrupts.ts';
import { asOwner, carrying, currentOwner, type Owner } from '../interrupt/owner.ts';
import type { Late } from './late.ts';
import type { CellMicrotaskWatch } from './microtask-watch.ts';

type Callback = (...args: unknown[]) => unknown;
type Scheduler = (callback: Callback, ...rest: unknown[]) => unknown;

/** Runs code of a cell outside its task: guarded, its errors reported under `owner`. False if an interrupt ended it. */
export type RunEntered = (call: () => unknown, owner: Owner) => boolean;

/** Wraps the global schedulers; the loop took its own before. Returns a function that enters user code as their callbacks do. */
export function guardCallbacks(
  guard: Guard,
  interrupts: Interrupts,
  late: Late,
  microtasks: CellMicrotaskWatch,
): RunEntered {
  // False if an interrupt ended it.
  const run = (call: () => unknown, owner: Owner, what: string): boolean => {
    let interrupted = false;
    const whole = guard.enter(() => {
      try {
        call();
      } catch (error) {
        interrupted = error instanceof KeyboardInterrupt;
        late.uncaught(error, owner);
      }
    });
    if (!guard.wasTerminated()) return !interrupted;
    interrupts.afterTermination(undefined, new KeyboardInterrupt());
    if (!whole) late.interrupted(`a ${what} of this cell`, owner);
    return whole;
  };
  const entered = (callback: Callback): Callback =>
    function (this: unknown, ...args) {
      const call = () => callback.apply(this, args);
      const went = guard.asKernel(() => {
        late.beforeCallback();
        return run(call, currentOwner(), callback.name || 'timer or callback');
      });
      // An interval would only get stuck again, 10 ms later, and no cell would ever have its turn.
      if (!went) clearInterval(this as NodeJS.Timeout);
    };
  for (const name of ['setTimeout', 'setInterval', 'setImmediate'] as const) {
    wrap(globalThis as unknown as Record<string, Scheduler>, name, entered);
  }
  // These run before the guard could be entered again, and a termination leaves their queue as it was: a flood of them
  // is ended by not calling them.
  const checked =
    (callback: Callback): Callback =>
    (...args) =>
      interrupts.flooded() ? undefined : callback(...args);
  wrap(globalThis as unknown as Record<string, Scheduler>, 'queueMicrotask', (callback) => {
    microtasks.queued();
    return checked(callback);
  });
  // A page has none.
  const { process } = globalThis as { readonly process?: unknown };
  if (process !== undefined) wrap(process as Record<string, Scheduler>, 'nextTick', checked);
  return (call, owner) => asOwner(owner, () => guard.asKernel(() => run(call, owner, 'handler')));
}

/** Replaces `object[name]` by one whose callback is wrapped; all else about the function stays. */
function wrap(object: Record<string, Scheduler>, name: string, around: (callback: Callback) => Callback): void {
  const native = object[name] as Scheduler;
  const wrapped: Scheduler = (callback, ...rest) =>
    // Node itself refuses what is not a function, in its own words.
    native.call(object, typeof callback === 'function' ? carrying(around(callback)) : callback, ...rest);
  Object.defineProperties(wrapped, Object.getOwnPropertyDescriptors(native));
  object[name] = wrapped;
}
