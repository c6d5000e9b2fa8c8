// What happens outside the executing cell itself: errors of timers and of promises that nobody handled, failed callbacks
// of the loop, warnings. Each is reported under the cell that caused it, and none ends the process.

import type { ExceptionContext } from '../../asyncio/engine/loop-options.ts';
import { type Warning, warnings } from '../../asyncio/engine/unawaited.ts';
import type { ErrorReport } from '../../events.ts';
import { KeyboardInterrupt } from '../interrupt/interrupts.ts';
import { asOwner, currentOwner, type Owner } from '../interrupt/owner.ts';
import type { TextPort } from '../output/gather-text.ts';
import { createBurst } from './burst.ts';
import type { ProcessEvents, ProcessListeners } from './process-events.ts';
import { createRejections } from './rejections.ts';

export interface Late {
  /** Called when a cell starts: an earlier one may have removed all listeners of the process. */
  listen(): void;
  /** An error that nothing caught, in code that `owner` caused: the person's own handlers get it, or it is reported. */
  uncaught(error: unknown, owner: Owner, origin?: 'unhandledRejection'): void;
  /** Reports an error. */
  error(error: unknown, owner?: Owner): void;
  /** An interrupt stopped something other than the executing cell. */
  interrupted(what: string, owner: Owner): void;
  /** Calls back once it is known which rejections nobody handles. */
  settled(resume: () => void): void;
  /** A callback of the person's is about to run: a cell that waits for that goes on first. */
  beforeCallback(): void;
  exception(context: ExceptionContext): void;
}

/** The report of an error that nobody caught. */
export interface LateReport {
  readonly report: ErrorReport;
  /** An interrupt ended the reading of the error, which may be a person's code: the report is of that interrupt. */
  readonly interrupted: boolean;
}

/** What the telling of late errors needs of the process. */
export interface LateParts {
  readonly events: ProcessEvents;
  readonly port: TextPort;
  readonly report: (error: unknown) => LateReport;
  /** Hears of each KeyboardInterrupt that nobody caught, and in whose code. */
  readonly escaped: (error: KeyboardInterrupt, owner: Owner) => void;
  /** Whether the loop's next turn is due. */
  readonly isDue: () => boolean;
  /** Calls what must not be interrupted. */
  readonly asKernel: (call: () => void) => void;
  /** Calls a person's own code: false if an interrupt ended it. */
  readonly enter: (call: () => void) => boolean;
}

/** Listens from now on. */
export function createLate({ events, port, report, escaped, isDue, asKernel, enter }: LateParts): Late {
  /** Text from before the first cell, which shows it. */
  const early: string[] = [];
  const tell = (owner: Owner, text: string) => {
    if (owner.execution === 0) early.push(text);
    else port.write('stderr', `${text}\n`, owner.execution);
  };
  const burst = createBurst((owner, count) =>
    asKernel(() => tell(owner, `… and ${count} more error${count === 1 ? '' : 's'} that nothing caught`)),
  );
  const late: Late = {
    uncaught(error, owner, origin) {
      if (error instanceof KeyboardInterrupt || burst.closed || !events.handled('uncaughtException'))
        return late.error(error, owner);
      const call = () => {
        try {
          asOwner(owner, () => events.emit(error, origin ?? 'uncaughtException'));
        } catch (another) {
          late.error(another, owner);
        }
      };
      // Whoever pressed stop does not want it called with the next error either.
      if (!enter(call)) burst.close();
    },
    error(error, owner = currentOwner()) {
      if (error instanceof KeyboardInterrupt) {
        escaped(error, owner);
        late.interrupted(firstFrame(error) ?? 'code of this cell', owner);
        return;
      }
      if (!burst.admits(owner)) return;
      const { report: told, interrupted } = report(error);
      port.send({ type: 'late_error', execution: owner.execution, error: told });
      // Whoever pressed stop does not want the next one read either.
      if (interrupted) burst.close();
    },
    listen() {
      for (const text of early.splice(0)) tell(currentOwner(), text);
      events.listen(listeners);
    },
    settled: (resume) => rejections.settled(resume),
    beforeCallback: () => rejections.beforeCallback(),
    interrupted: (what, owner) => tell(owner, `KeyboardInterrupt: ${what} was stopped`),
    exception({ message, exception, task, handle, owner: cause }) {
      const owner = (cause as Owner | undefined) ?? currentOwner();
      if (exception instanceof KeyboardInterrupt) {
        escaped(exception, owner);
        return late.interrupted(task ? String(task) : `a ${handle ? 'callback' : 'task'} of this cell`, owner);
      }
      tell(owner, exception === undefined ? `${message}${task ? `: ${String(task)}` : ''}` : message);
      if (exception !== undefined) late.error(exception, owner);
    },
  };
  const unhandled = (reason: unknown, owner: Owner) => late.uncaught(reason, owner, 'unhandledRejection');
  const rejections = createRejections(unhandled, burst.end, isDue, asKernel);
  const listeners: ProcessListeners = {
    uncaughtException(error) {
      if (error instanceof KeyboardInterrupt || !events.handled('uncaughtException')) late.error(error);
    },
    unhandledRejection(reason, promise) {
      if (reason instanceof KeyboardInterrupt) unhandled(reason, currentOwner());
      // Without a handler of its own a rejection is an uncaught exception.
      else if (!events.handled('unhandledRejection')) rejections.hold(reason, promise);
    },
    // Where somebody listens, Node prints no warning that it told too early.
    rejectionHandled: (promise) => rejections.handled(promise),
    warning: ({ name, message }) => tell(currentOwner(), `${name}: ${message}`),
  };
  warnings.hook = (warning) => {
    const owner = (warning.owner as Owner | undefined) ?? currentOwner();
    asOwner(owner, () => tell(owner, warningText(warning)));
  };
  late.listen();
  return late;
}

/** As Python prints a warning: place, category, message, then what to do. */
function warningText({ category, message, notes, file, line }: Warning): string {
  const place = file === undefined ? '' : `${file}${line === undefined ? '' : `:${line}`}: `;
  return [`${place}${category}: ${message}`, ...notes.map((note) => `  ${note}`)].join('\n');
}

function firstFrame(error: Error): string | undefined {
  const line = /^\s+at (.*)$/m.exec(error.stack ?? '');
  return line?.[1] === undefined ? undefined : `code at ${line[1]}`;
}
