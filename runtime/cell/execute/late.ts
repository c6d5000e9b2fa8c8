// What happens outside the executing cell itself: errors of timers and of promises that nobody handled, failed callbacks
// of the loop, warnings. Each is reported under the cell that caused it, and none ends the process.

import { EventEmitter } from 'node:events';
import type { ExceptionContext } from '../../asyncio/engine/loop-options.ts';
import { type Warning, warnings } from '../../asyncio/engine/unawaited.ts';
import type { ErrorReport } from '../../events.ts';
import { KeyboardInterrupt } from '../interrupt/interrupts.ts';
import { asOwner, currentOwner, type Owner } from '../interrupt/owner.ts';
import type { TextPort } from '../output/gather-text.ts';
import { createBurst } from './burst.ts';
import { createRejections } from './rejections.ts';

// Taken now: a cell may replace those of `process`.
const { listeners: listenersOf, prependListener, emit } = EventEmitter.prototype;

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

/**
 * `escaped` hears of each KeyboardInterrupt that nobody caught, and in whose code. `isDue` says whether the loop's next
 * turn is due, `asKernel` calls what must not be interrupted, and `enter` a person's own: false if an interrupt ended it.
 */
export function createLate(
  port: TextPort,
  report: (error: unknown) => LateReport,
  escaped: (error: KeyboardInterrupt, owner: Owner) => void,
  isDue: () => boolean,
  asKernel: (call: () => void) => void,
  enter: (call: () => void) => boolean,
): Late {
  /** Text from before the first cell, which shows it. */
  const early: string[] = [];
  const tell = (owner: Owner, text: string) => {
    if (owner.execution === 0) early.push(text);
    else port.write('stderr', `${text}\n`, owner.execution);
  };
  /** Whether the person listens to the event too. Node then calls them, and in a program nothing else would happen. */
  const handled = (event: keyof typeof listeners): boolean =>
    Reflect.apply(listenersOf, process, [event]).some((one: unknown) => one !== listeners[event]);
  const burst = createBurst((owner, count) =>
    asKernel(() => tell(owner, `… and ${count} more error${count === 1 ? '' : 's'} that nothing caught`)),
  );
  const late: Late = {
    uncaught(error, owner, origin) {
      if (error instanceof KeyboardInterrupt || burst.closed || !handled('uncaughtException'))
        return late.error(error, owner);
      const call = () => {
        try {
          asOwner(owner, () => {
            for (const event of ['uncaughtExceptionMonitor', 'uncaughtException']) {
              Reflect.apply(emit, process, [event, error, origin ?? 'uncaughtException']);
            }
          });
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
      for (const [event, listener] of Object.entries(listeners)) {
        const all: unknown[] = Reflect.apply(listenersOf, process, [event]);
        if (!all.includes(listener)) Reflect.apply(prependListener, process, [event, listener]);
      }
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
  const listeners = {
    uncaughtException(error: unknown) {
      if (error instanceof KeyboardInterrupt || !handled('uncaughtException')) late.error(error);
    },
    unhandledRejection(reason: unknown, promise: object) {
      if (reason instanceof KeyboardInterrupt) unhandled(reason, currentOwner());
      // Without a handler of its own a rejection is an uncaught exception.
      else if (!handled('unhandledRejection')) rejections.hold(reason, promise);
    },
    // Where somebody listens, Node prints no warning that it told too early.
    rejectionHandled: (promise: object) => rejections.handled(promise),
    warning: ({ name, message }: Error) => tell(currentOwner(), `${name}: ${message}`),
  };
  process.removeAllListeners('warning');
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
