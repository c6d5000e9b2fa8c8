// The guard: the entry into a person's code, which V8 can end there without harm to any other, and the fence around the
// kernel's own code, which is never ended. Also what ends the code that runs. The states are in states.ts.

import { Session } from 'node:inspector';
import { getCallSites } from 'node:util';
import { keepMethods } from '../keep-methods.ts';
import { ARMED, GUARDED, OPEN, OWN, PLACE, WANTED, type Words } from './states.ts';

/** The entries between the kernel's code, a person's code and Node. */
export interface Guard {
  /**
   * Runs a person's code, then the ticks and microtasks that it left, so that terminating it ends nothing else. False if
   * a termination ended `call` itself. Throws what `call` throws.
   */
  enter(call: () => void): boolean;
  /** Whether anything within the last `enter` was terminated: `call`, or a tick or microtask after it. */
  terminated(): boolean;
  /** Runs the kernel's own code: nothing terminates it. */
  own<T>(call: () => T): T;
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
  /** Whether what was wanted while the kernel's own code ran is still due. */
  readonly due: () => boolean;
}

/** A name that no code can have. Not a symbol, because a notebook may have a Symbol of its own. */
const ENTRY = 'cokernel entry';
/** The most that Node gives. */
const FRAMES = 200;

/** Runs the ticks and microtasks that wait. Without a name in Node's documentation, but there since its first years. */
const drainTicks = (process as unknown as { readonly _tickCallback: () => void })._tickCallback;

/**
 * Makes the guard of this thread. An evaluation costs 7 to 15 µs. V8 ends the innermost evaluation of the inspector (and
 * not, say, a `Runtime.callFunctionOn`), so each entry is one. The files of the kernel are those in the folder `home`.
 */
export function createGuard(words: Words, home: string, hooks: GuardHooks): Guard {
  const session = keepMethods(new Session());
  session.connect();
  let entered: (() => void) | undefined;
  let whole = false;
  let terminated = false;
  let failure: { readonly error: unknown } | undefined;

  /** A termination that V8 still owes comes here, at the latest. */
  const absorb = (): void => {
    if (words.get(ARMED) !== 0) for (let turn = 0; turn < 4; turn++) touch();
  };
  function cokernelEntry(): void {
    words.set(PLACE, GUARDED);
    const call = entered as () => void;
    entered = undefined;
    try {
      call();
    } catch (error) {
      failure = { error };
    }
    whole = true;
    drain();
    words.set(PLACE, OWN);
    absorb();
  }
  Object.defineProperties(globalThis, {
    [ENTRY]: { value: cokernelEntry },
    [ABSORB]: { value: absorb },
  });
  const entry = { expression: `this[${JSON.stringify(ENTRY)}]()`, silent: true };
  const absorbing = { expression: `this[${JSON.stringify(ABSORB)}]()`, silent: true };

  /** From Node into our code: what was armed outside ends nothing of ours. */
  const arrive = () => {
    words.set(PLACE, OWN);
    if (words.get(ARMED) === 0) return;
    session.post('Runtime.evaluate', absorbing);
    words.set(ARMED, 0);
    hooks.lost();
    hooks.outside();
  };
  const post = () => {
    words.set(ARMED, 1);
    session.post('Runtime.terminateExecution');
  };
  const guard: Guard = {
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
      failure = undefined;
      session.post('Runtime.evaluate', entry);
      words.set(PLACE, OWN);
      if (entered !== undefined) hooks.broken();
      terminated = words.get(ARMED) !== 0;
      words.set(ARMED, 0);
      // Both before anything else: what `lost` calls may enter again.
      const failed: typeof failure = failure;
      const went = whole;
      if (terminated) hooks.lost();
      words.set(PLACE, before);
      if (failed) throw (failed as { readonly error: unknown }).error;
      return went;
    },
    own(call) {
      const before = words.get(PLACE);
      if (before === OWN) return call();
      if (before === OPEN) arrive();
      else {
        words.set(PLACE, OWN);
        // A termination that was armed by now ends the person's code here, before ours begins.
        absorb();
      }
      try {
        return call();
      } finally {
        words.set(PLACE, before);
        if (words.get(WANTED) !== 0) {
          words.set(WANTED, 0);
          if (before === GUARDED && words.get(ARMED) === 0 && hooks.due()) {
            post();
            absorb();
          }
        }
      }
    },
    terminate() {
      const place = words.get(PLACE);
      if (place === OWN) words.set(WANTED, 1);
      // Once armed it has either ended our evaluation, which is just being left, or one of the person's own within it.
      else if (place === GUARDED) {
        if (words.get(ARMED) === 0 || isGuardOnStack()) post();
      } else if (isPersonOnStack(home)) post();
    },
  };
  return guard;
}

const ABSORB = 'cokernel absorb';

/** A call of a function is where V8 looks whether it has to end what runs. */
function touch(): void {}

/** Ticks and microtasks are a person's code as well. */
function drain(): void {
  for (;;) {
    try {
      drainTicks.call(process);
      return;
    } catch (error) {
      // As Node does with what a tick throws; the others follow.
      process.emit('uncaughtException', error as Error);
    }
  }
}

function isGuardOnStack(): boolean {
  return getCallSites(FRAMES).some(({ functionName }) => functionName === 'cokernelEntry');
}

/** Node's own code and the kernel's (in `home`) end by themselves, and would lose something if they were ended. */
function isPersonOnStack(home: string): boolean {
  const frames = getCallSites(FRAMES);
  // On top are the frames of the intrusion, which begins with an evaluated text.
  const interrupted = frames.slice(frames.findIndex(({ scriptName }) => scriptName === '') + 1);
  return interrupted.some(({ scriptName }) => !scriptName.startsWith('node:') && !scriptName.startsWith(home));
}
