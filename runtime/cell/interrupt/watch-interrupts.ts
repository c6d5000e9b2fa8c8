// What the watcher does about an interrupt, and when: it tells the main thread, reminds it until it has an answer, and
// ends the clean-up when that has had its time. It only speaks; what comes of it is decided in states.ts. How it speaks
// is in watcher.ts.

import { traceLog } from '../../trace-log.ts';
import type { InterruptMessage } from './shared-memory.ts';
import { CLEANUP_MS } from './states.ts';

/** What runs is terminated TERMINATE_MS after an interrupt that nothing has consumed, and then every AGAIN_MS. */
export const TERMINATE_MS = 100;
export const AGAIN_MS = 50;

/** How the watcher speaks. */
export interface WatchHooks {
  /** Intrusions. */
  readonly hear: (number: number, execution: number) => void;
  readonly force: (execution: number) => void;
  /** Calls back when the intrusion has run: true if the interrupt is over. */
  readonly terminate: (number: number, done: (over: boolean) => void) => void;
  /** A message, which also wakes a main thread that is blocked in a question. */
  readonly post: (message: InterruptMessage) => void;
  /** To the kernel process: the interrupt was consumed by that execution, or by no cell (0). */
  readonly consumed: (number: number, execution: number) => void;
  /** Nothing is under way any more. */
  readonly idle: () => void;
  readonly setTimeout: (call: () => void, milliseconds: number) => number;
  readonly clearTimeout: (timer: number) => void;
}

/** What the watcher is told. */
export interface Watch {
  /** From the kernel process: an interrupt was raised for cells up to that execution. */
  interrupt(number: number, execution: number): void;
  /** From the main thread: the interrupt was consumed by that execution, or by no cell (0). */
  consumed(number: number, execution: number): void;
  /** From the main thread: an execution that had consumed an interrupt ended. */
  ended(execution: number): void;
}

/** Makes the watch over interrupts. */
export function createWatch(hooks: WatchHooks): Watch {
  /** The newest interrupt, while it is not consumed. */
  let raised: { readonly number: number; readonly execution: number } | undefined;
  /** The cell that cleans up, and whether its time is over. */
  let cleaning: { readonly execution: number; over: boolean } | undefined;
  let last = 0;
  let reminder: number | undefined;
  let limit: number | undefined;
  /** An intrusion is under way; a native call may hold it up for long, and the next one waits for it. */
  let intruding = false;

  const remind = () => {
    reminder = undefined;
    if (raised === undefined && cleaning?.over !== true) return;
    if (raised) hooks.post({ type: 'interrupt', ...raised });
    if (cleaning?.over) hooks.post({ type: 'force', execution: cleaning.execution });
    if (!intruding) intrude();
    reminder = hooks.setTimeout(remind, AGAIN_MS);
  };
  const intrude = () => {
    intruding = true;
    if (raised) hooks.hear(raised.number, raised.execution);
    if (cleaning?.over) hooks.force(cleaning.execution);
    const number = raised?.number ?? last;
    traceLog.interrupt?.(`interrupt ${number} is not over: V8 terminates what runs, if that is still due`);
    hooks.terminate(number, (over) => {
      intruding = false;
      // It was for cells that have ended, and another one spins now: nobody will consume it.
      if (over && raised?.number === number) watch.consumed(number, 0);
    });
  };
  const rest = () => {
    if (raised || cleaning) return;
    if (reminder !== undefined) hooks.clearTimeout(reminder);
    reminder = undefined;
    hooks.idle();
  };
  const watch: Watch = {
    interrupt(number, execution) {
      last = number;
      raised = { number, execution };
      traceLog.interrupt?.(`interrupt ${number} raised`);
      hooks.hear(number, execution);
      hooks.post({ type: 'interrupt', number, execution });
      reminder ??= hooks.setTimeout(remind, TERMINATE_MS);
    },
    consumed(number, execution) {
      if (raised && raised.number <= number) raised = undefined;
      hooks.consumed(number, execution);
      if (execution !== 0) {
        const again = cleaning?.execution === execution;
        if (limit !== undefined) hooks.clearTimeout(limit);
        cleaning = { execution, over: again };
        const end = () => {
          if (cleaning?.execution !== execution) return;
          cleaning.over = true;
          traceLog.interrupt?.(`execution ${execution} has had its time for clean-up`);
          hooks.force(execution);
          hooks.post({ type: 'force', execution });
          reminder ??= hooks.setTimeout(remind, TERMINATE_MS);
        };
        if (again) end();
        else limit = hooks.setTimeout(end, CLEANUP_MS);
      }
      rest();
    },
    ended(execution) {
      if (cleaning?.execution !== execution) return;
      if (limit !== undefined) hooks.clearTimeout(limit);
      cleaning = undefined;
      rest();
    },
  };
  return watch;
}
