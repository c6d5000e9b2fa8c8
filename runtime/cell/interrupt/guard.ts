// The guard: the entry into user code, which V8 can end there without harm to any other, and the protection of the
// kernel's own code, which is never ended. What it asks of V8 is in inspector.ts; the states are in states.ts.

import type { Inspector } from './inspector.ts';
import { ARMED, GUARDED, KERNEL, OPEN, PLACE, WANTED, type Words } from './states.ts';

/** The entries between the kernel's code, user code and Node. */
export interface Guard {
  /**
   * Runs user code, so that terminating it ends nothing else. False if a termination ended `call`. What `call` leaves
   * to microtasks and ticks runs afterwards, in the open: V8 runs no microtask inside an evaluation, and without them
   * Node's ticks would report promises as unhandled whose handlers are only about to be attached.
   *
   * @throws {Error} where `call` throws, which only the kernel's own mistakes do
   */
  enter(call: () => void): boolean;
  /** Whether anything within the last `enter` was terminated: `call`, or the way out of it. */
  terminated(): boolean;
  /** Runs the kernel's own code: nothing terminates it. */
  asKernel<T>(call: () => T): T;
  /** Ends what the main thread runs, if that may be ended now. For intrusions: it must be the last thing they do. */
  terminate(): void;
}

/** What the guard needs of others. Each is called in the kernel's own code. */
export interface GuardHooks {
  /** Something was terminated: V8 has dropped microtasks, and Node may have lost what it had to do. */
  readonly lost: () => void;
  /** It was code that Node had called without us. */
  readonly outside: () => void;
  /** Nothing can be entered any more: the inspector is gone. */
  readonly broken: () => void;
  /** Whether a termination that was put off while the kernel's own code ran is still due. */
  readonly due: () => boolean;
}

/** Makes the guard of this thread. */
export function createGuard(words: Words, inspector: Inspector, hooks: GuardHooks): Guard {
  let entered: (() => void) | undefined;
  let whole = false;
  let terminated = false;

  /**
   * Lets V8 carry out a termination that it still owes, so that it cannot come later. The first touch was enough in each
   * of 60,000 tries, in optimised code too; the others are a margin.
   */
  const absorb = (): void => {
    if (words.get(ARMED) !== 0) for (let turn = 0; turn < 4; turn++) touch();
  };
  const entry = inspector.prepare('cokernel entry', function cokernelEntry() {
    words.set(PLACE, GUARDED);
    const call = entered as () => void;
    entered = undefined;
    call();
    whole = true;
    words.set(PLACE, KERNEL);
    absorb();
  });
  const absorbing = inspector.prepare('cokernel absorb', absorb);

  /** Enters our code from Node: a termination that was armed outside is used up, so that it ends nothing of ours. */
  const arrive = () => {
    words.set(PLACE, KERNEL);
    if (words.get(ARMED) === 0) return;
    absorbing();
    words.set(ARMED, 0);
    hooks.lost();
    hooks.outside();
  };
  const arm = () => {
    words.set(ARMED, 1);
    inspector.terminate();
  };
  return {
    terminated: () => terminated,
    enter(call) {
      const before = words.get(PLACE);
      if (before === GUARDED) {
        call();
        return true;
      }
      if (before === OPEN) arrive();
      entered = call;
      whole = false;
      const failure = entry();
      words.set(PLACE, KERNEL);
      terminated = words.get(ARMED) !== 0;
      words.set(ARMED, 0);
      const went = whole;
      if (entered !== undefined) hooks.broken();
      // Last: it may enter again.
      if (terminated) hooks.lost();
      words.set(PLACE, before);
      if (!went && !terminated) throw new Error(failure ?? 'it ended without a reason');
      return went;
    },
    asKernel(call) {
      const before = words.get(PLACE);
      if (before === KERNEL) return call();
      if (before === OPEN) arrive();
      else {
        words.set(PLACE, KERNEL);
        // A termination that was armed by now ends user code here, before ours begins.
        absorb();
      }
      try {
        return call();
      } finally {
        words.set(PLACE, before);
        if (words.get(WANTED) !== 0) {
          words.set(WANTED, 0);
          if (before === GUARDED && words.get(ARMED) === 0 && hooks.due()) {
            arm();
            absorb();
          }
        }
      }
    },
    terminate() {
      const place = words.get(PLACE);
      if (place === KERNEL) words.set(WANTED, 1);
      // ARMED is already set: V8 has ended an evaluation. If that was ours, nothing is left to do. If user code had made
      // it, ours is still on the stack, so arm again.
      else if (place === GUARDED) {
        if (words.get(ARMED) === 0 || inspector.isOnStack('cokernelEntry')) arm();
      } else if (inspector.isUserCodeOnStack()) arm();
    },
  };
}

/** A call of a function is where V8 looks whether it has to end what runs. */
function touch(): void {}
