// How the end of a cell process is described in the cell's output: which error, why, and what was lost.

import type { ErrorReport } from '../../runtime/events.ts';

export interface Ending {
  /** The exit status, null if a signal ended the process. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The argument of process.exit, if user code called it. */
  readonly exitCode: number | undefined;
  /** Resident MiB, if the watcher ended the process because of its memory. */
  readonly overMemory: number | undefined;
  /** V8 reported that its heap was full. */
  readonly heapFull: boolean;
  /** The kernel ended it because nothing else could stop what it ran. */
  readonly interrupted: boolean;
  /** Why the process could not go on: it said so, or what it sent could not be read or lacked an answer. */
  readonly broken: string | undefined;
  /** The process could not be started at all. */
  readonly failure: Error | undefined;
}

/** An error report for the cell that ran, or for the last one that did. */
export function describeEnding(ending: Ending, memoryLimit: number): ErrorReport {
  const { ename, what } = causeOf(ending, memoryLimit);
  return headlineReport(ename, `${what} ${ending.failure ? 'The next cell tries again.' : GONE}`);
}

/** What is said wherever a process with its variables has ended. */
export const GONE = 'Its variables are gone; a fresh process runs the next cell.';

/** An error without a place in anybody's code. */
export function headlineReport(ename: string, evalue: string): ErrorReport {
  return { ename, evalue, traceback: [`\u001b[31m${ename}\u001b[39m: ${evalue}`] };
}

function causeOf(ending: Ending, memoryLimit: number): { readonly ename: string; readonly what: string } {
  const { code, signal, exitCode, overMemory, heapFull, interrupted, broken, failure } = ending;
  if (failure) return { ename: 'ProcessCrash', what: `The cell process could not be started: ${failure.message}.` };
  if (interrupted) {
    return { ename: 'KeyboardInterrupt', what: 'Nothing else could stop the cell, so its process was ended.' };
  }
  if (overMemory !== undefined) {
    const what = `The cell process used ${overMemory} MiB of memory, over its limit of ${memoryLimit} MiB (--memory), and was ended.`;
    return { ename: 'OutOfMemory', what };
  }
  if (broken !== undefined) {
    const what = `The cell process could not go on (${broken}), probably because a cell replaced JavaScript's built-ins.`;
    return { ename: 'ProcessCrash', what };
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
      what: `The cell process was killed (${signal}), from outside or because it closed a pipe to the kernel.`,
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
