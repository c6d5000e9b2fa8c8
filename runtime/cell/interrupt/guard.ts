// The guard: the entry into user code, which V8 can end there without harm to any other, and the protection of the
// kernel's own code, which is never ended. What it asks of V8 is in inspector.ts; the states are in states.ts.

import { carryOutTermination, type Inspector } from './inspector.ts';
import { ARMED, GUARDED, KERNEL, OPEN, WANTED, type Words, ZONE } from './states.ts';

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
  wasTerminated(): boolean;
  /** Runs the kernel's own code: nothing terminates it. */
  asKernel<T>(call: () => T): T;
  /** Ends what the main thread runs, if that may be ended now. For intrusions: it must be the last thing they do. */
  terminate(): void;
}

/** What the guard needs of others. Each is called in the kernel's own code. */
export interface GuardHooks {
  /** Something was terminated: V8 has dropped microtasks, and Node may have lost what it had to do. */
  readonly afterTermination: () => void;
  /** It was code that Node had called without us. */
  readonly afterOutsideTermination: () => void;
  /** Nothing can be entered any more: the inspector is gone. */
  readonly broken: () => void;
  /** Whether a termination that was put off while the kernel's own code ran is still due. */
  readonly due: () => boolean;
}

/** Makes the guard of this thread. */
export function createGuard(words: Words, inspector: Inspector, hooks: GuardHooks): Guard {
  let entered: (() => void) | undefined;
  let completed = false;
  let terminated = false;

  const absorb = (): void => {
    if (words.get(ARMED) !== 0) carryOutTermination();
  };
  const entry = inspector.prepare('cokernel entry', function cokernelEntry() {
    words.set(ZONE, GUARDED);
    const call = entered as () => void;
    entered = undefined;
    call();
    completed = true;
    words.set(ZONE, KERNEL);
    absorb();
  });
  const absorbing = inspector.prepare('cokernel absorb', absorb);

  /** Enters our code from Node: a termination that was armed outside is used up, so that it ends nothing of ours. */
  const arrive = () => {
    words.set(ZONE, KERNEL);
    if (words.get(ARMED) === 0) return;
    absorbing();
    words.set(ARMED, 0);
    hooks.afterTermination();
    hooks.afterOutsideTermination();
  };
  const arm = () => {
    words.set(ARMED, 1);
    inspector.terminate();
  };
  return {
    wasTerminated: () => terminated,
    enter(call) {
      const before = words.get(ZONE);
      if (before === GUARDED) {
        call();
        return true;
      }
      if (before === OPEN) arrive();
      entered = call;
      completed = false;
      const failure = entry();
      words.set(ZONE, KERNEL);
      terminated = words.get(ARMED) !== 0;
      words.set(ARMED, 0);
      const went = completed;
      if (entered !== undefined) hooks.broken();
      // Last: it may enter again.
      if (terminated) hooks.afterTermination();
      words.set(ZONE, before);
      if (!went && !terminated) throw new Error(failure ?? 'it ended without a reason');
      return went;
    },
    asKernel(call) {
      const before = words.get(ZONE);
      if (before === KERNEL) return call();
      if (before === OPEN) arrive();
      else {
        words.set(ZONE, KERNEL);
        // A termination that was armed by now ends user code here, before ours begins.
        absorb();
      }
      try {
        return call();
      } finally {
        words.set(ZONE, before);
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
      const zone = words.get(ZONE);
      if (zone === KERNEL) words.set(WANTED, 1);
      // It is asked for again soon.
      else if (inspector.isNodeLoading()) return;
      // ARMED is already set: V8 has ended an evaluation. If that was ours, nothing is left to do. If user code had made
      // it, ours is still on the stack, so arm again.
      else if (zone === GUARDED) {
        if (words.get(ARMED) === 0 || inspector.isOnStack('cokernelEntry')) arm();
      } else if (inspector.isUserCodeRunning() || inspector.isFlooded()) arm();
    },
  };
}
