// What a cell process's end is called in the cell's output: which error, why, and what was lost. Nothing is done here.

import type { ErrorReport } from '../../runtime/events.ts';

export interface Ending {
  /** The exit status, null where a signal ended the process. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** What process.exit was given, where user code called it. */
  readonly exitCode: number | undefined;
  /** Resident MiB, where the watcher ended the process for its memory. */
  readonly overMemory: number | undefined;
  /** V8 said that its heap was full. */
  readonly heapFull: boolean;
  /** The kernel ended it because an interrupt could not stop it otherwise. */
  readonly interrupted: boolean;
  /** The process could not be started at all. */
  readonly failure: Error | undefined;
}

/** An error report for the cell that ran, or for the last one that did. */
export function describeEnding(ending: Ending, memoryLimit: number): ErrorReport {
  const { ename, what } = causeOf(ending, memoryLimit);
  const after = ending.failure
    ? 'The next cell tries again.'
    : 'Its variables are gone; a fresh process runs the next cell.';
  const evalue = `${what} ${after}`;
  return { ename, evalue, traceback: [`\u001b[31m${ename}\u001b[39m: ${evalue}`] };
}

function causeOf(ending: Ending, memoryLimit: number): { readonly ename: string; readonly what: string } {
  const { code, signal, exitCode, overMemory, heapFull, interrupted, failure } = ending;
  if (failure) return { ename: 'ProcessCrash', what: `The cell process could not be started: ${failure.message}.` };
  if (interrupted) {
    return { ename: 'KeyboardInterrupt', what: 'The cell was blocked in native code, so its process was ended.' };
  }
  if (overMemory !== undefined) {
    const what = `The cell process used ${overMemory} MiB of memory, over its limit of ${memoryLimit} MiB (--memory), and was ended.`;
    return { ename: 'OutOfMemory', what };
  }
  if (heapFull) {
    const what = `The JavaScript heap of the cell process was full (limit ${memoryLimit} MiB, --memory), and V8 ended it.`;
    return { ename: 'OutOfMemory', what };
  }
  if (exitCode !== undefined) {
    return { ename: 'ProcessExit', what: `The process was ended by process.exit(${exitCode}).` };
  }
  if (signal === 'SIGKILL' || signal === 'SIGTERM' || signal === 'SIGHUP') {
    return {
      ename: 'ProcessKilled',
      what: `The cell process was killed (${signal}), from outside or for closing a pipe of the kernel's.`,
    };
  }
  if (signal === 'SIGABRT' || code === 134) {
    return {
      ename: 'ProcessCrash',
      what: 'The cell process was aborted (SIGABRT): process.abort() or a native crash.',
    };
  }
  if (signal !== null) return { ename: 'ProcessCrash', what: `The cell process crashed (${signal}).` };
  return { ename: 'ProcessExit', what: `The cell process ended by itself with status ${code}.` };
}
