// What the guard asks of V8, by an inspector session of the main thread on itself. It decides nothing.

import { Session } from 'node:inspector';
import { type CallSiteObject, getCallSites } from 'node:util';
import { keepMethods } from '#host/kept-methods';

/** V8, as far as the guard needs it. */
export interface Inspector {
  /**
   * Prepares evaluations of `call`, under a name that no code can have. V8 ends the innermost evaluation of the inspector
   * (and not, say, a `Runtime.callFunctionOn`), so each entry is one; it costs 7 to 15 µs. Returns what `call` threw.
   */
  prepare(name: string, call: () => void): () => string | undefined;
  /** While a debugger is attached, errors within evaluations are shown to it. */
  showErrors(shown: boolean): void;
  /**
   * Has V8 end what runs, at a loop's next iteration or at a call of a function. From within an intrusion, as its last call,
   * that is the code which the intrusion has interrupted (Node 24 and 26).
   */
  terminate(): void;
  /** Notes at which pass Node's loop is: an interrupt was heard, or clean-up has had its time. See {@link isFlooded}. */
  notePass(): void;
  /** Whether a function of that name runs. */
  isOnStack(name: string): boolean;
  /** Whether user code is on the stack, and not only Node's or the kernel's: they end by themselves. */
  isUserCodeRunning(): boolean;
  /**
   * Whether microtasks keep Node's loop from its next pass. What V8 has optimised, such as `for (;;) await null`, is
   * interrupted between its microtasks only, where nothing is on the stack or only Node's, which runs them or makes them (a
   * stream without end). It is a flood if the thread has worked for some time in one pass, the one of `notePass` or of the
   * last question: what is asked at once, after a busy machine has kept the thread waiting, tells nothing.
   */
  isFlooded(): boolean;
  /** Whether Node loads a module of its own, as at the first `fetch`: ended there, it would stay half loaded for good. */
  isNodeLoading(): boolean;
}

/** The most that Node gives. */
const FRAMES = 200;
/** Processor time in one pass of Node's loop, with only Node's code on the stack, that makes it a flood. */
const FLOOD_MS = 20;
/** What loads modules, in many microtasks: it ends by itself, and would not bear to be ended. */
const LOADER = 'node:internal/modules/';
/** What loads Node's own modules, each in one go. */
const OWN_LOADER = 'node:internal/bootstrap/realm';

/** Opens the session. The kernel's own files lie in the folder `home`, a URL. */
export function openInspector(home: string): Inspector {
  const session = keepMethods(new Session());
  session.connect();
  let pass: number | undefined;
  let workedBefore = 0;
  const loopCount = () => performance.nodeTiming.uvMetricsInfo.loopCount;
  const worked = () => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
  };
  const notePass = () => {
    pass = loopCount();
    workedBefore = worked();
  };
  const evaluations: { silent: boolean }[] = [];
  return {
    prepare(name, call) {
      // Not a symbol, because a notebook may have a Symbol of its own.
      Object.defineProperty(globalThis, name, { value: call });
      const evaluation = { expression: `this[${JSON.stringify(name)}]()`, silent: true };
      evaluations.push(evaluation);
      let failure: string | undefined;
      const ended = (_: Error | null, answer?: { readonly exceptionDetails?: Failure }) => {
        failure = answer?.exceptionDetails?.exception?.description;
      };
      return () => {
        session.post('Runtime.evaluate', evaluation, ended);
        return failure;
      };
    },
    showErrors(shown) {
      for (const evaluation of evaluations) evaluation.silent = !shown;
    },
    notePass,
    terminate: () => session.post('Runtime.terminateExecution'),
    isOnStack: (name) => getCallSites(FRAMES).some(({ functionName }) => functionName === name),
    isUserCodeRunning: () =>
      interruptedFrames().some(({ scriptName }) => !scriptName.startsWith('node:') && !scriptName.startsWith(home)),
    isFlooded() {
      const isNodes = ({ scriptName }: CallSiteObject) =>
        scriptName.startsWith('node:') && !scriptName.startsWith(LOADER);
      if (!interruptedFrames().every(isNodes)) return false;
      if (pass === loopCount()) return worked() - workedBefore >= FLOOD_MS;
      notePass();
      return false;
    },
    isNodeLoading() {
      const deciding = interruptedFrames().find(
        ({ scriptName }) => scriptName === OWN_LOADER || !scriptName.startsWith('node:'),
      );
      return deciding?.scriptName === OWN_LOADER;
    },
  };
}

/** What an intrusion has interrupted, innermost first. Its own frames are on top, and begin with an evaluated text. */
function interruptedFrames(): readonly CallSiteObject[] {
  const frames = getCallSites(FRAMES);
  return frames.slice(frames.findIndex(({ scriptName }) => scriptName === '') + 1);
}

/**
 * Lets V8 carry out a termination that it still owes, so that it cannot come later. The first touch was enough in each of
 * 60,000 tries, in optimised code too; the others are a margin.
 */
export function carryOutTermination(): void {
  for (let touches = 0; touches < 4; touches++) touch();
}

/** A call of a function is where V8 looks whether it has to end what runs. */
function touch(): void {}

interface Failure {
  readonly exception?: { readonly description?: string };
}
