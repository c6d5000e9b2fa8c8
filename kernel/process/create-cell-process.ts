// The life of the cell process: spawned, fed, ended, replaced. What becomes of an interrupt is in escalation.ts, how an
// end is described in ending.ts, what arrives on the bare descriptors in descriptors.ts.

import { clearTimeout, setTimeout } from '#host/native-timers';
import { randomId } from '#host/random-id';
import type {
  CellEvent,
  CellOutcome,
  Done,
  ExecuteBeside,
  ExecuteCell,
  ExecutionId,
  LiveAnswer,
} from '../../runtime/events.ts';
import type { CellChild } from './cell-child.ts';
import type { CellInFlight, CellProcess, CellProcessOptions, CellToRun } from './cell-process.ts';
import { describeEnding } from './ending.ts';
import { createEscalation } from './escalation.ts';
import { createInFlight } from './in-flight.ts';
import { createInspectorCalls } from './inspector-calls.ts';

/** How long an orderly end may take: clean-up gets 2 s in the cell process. */
const SHUTDOWN_MS = 2_300;
/** A process that announced its exit but is still there after this long is killed. */
const EXIT_MS = 1_000;
/** A process that ends this soon, this often in a row, would go on doing so. */
const EARLY_END_MS = 1_000;
const EARLY_ENDS = 3;

/** Makes the one cell process of a kernel. */
export function createCellProcess(options: CellProcessOptions): CellProcess {
  const nonce = randomId();
  const pendingLookups = new Map<number, (answer: LiveAnswer | undefined) => void>();
  let child: CellChild | undefined;
  const inFlight = createInFlight(options.sink);
  /** The cells of subshells, which no order binds. */
  const beside = new Map<ExecutionId, (outcome: CellOutcome) => void>();
  let lastTurn = 0; // The execution that had its turn last.
  let lookups = 0;
  let closing = false;
  let earlyEnds = 0;
  let overMemory: number | undefined;
  let exitCode: number | undefined;
  let broken: string | undefined;
  let ready = false; // The process hears signals, and runs cells.

  const descriptors = options.descriptors(nonce, (name, text, passed) =>
    inFlight.take({ type: 'stream', execution: inFlight.behind(passed) ?? lastTurn, name, text }, []),
  );
  const escalation = createEscalation({
    send: (interrupt) => child?.control(interrupt),
    // While the process is still starting, a SIGINT would end it, and there is nothing to interrupt yet.
    signal: () => ready && child?.signalGroup('SIGINT'),
    restart: () => child?.kill(),
    unended: (execution) => inFlight.unended(execution),
  });

  const inspector = createInspectorCalls((control) => child?.control(control));

  const start = () => {
    overMemory = undefined;
    exitCode = undefined;
    broken = undefined;
    ready = false;
    const started = performance.now();
    const born = options.spawn(nonce, {
      event: (event, buffers) => take(event, buffers),
      watcher: (event) => {
        if (event.type === 'log') options.log(event.line);
        if (event.type === 'over_memory') overMemory = event.resident;
        if (event.type === 'consumed') escalation.consumed(event);
        if (event.type === 'debug_answer' || event.type === 'debug_event') inspector.take(event);
      },
      descriptor: (name, chunk) => descriptors.read(name, chunk),
      unreadable: (reason) => {
        broken ??= reason;
        born.kill();
      },
      ended: (ending) => {
        if (performance.now() - started > EARLY_END_MS) earlyEnds = 0;
        else earlyEnds += 1;
        const why = { exitCode, overMemory, broken, interrupted: escalation.restarting() };
        ended(born, describeEnding({ ...ending, ...why }, options.memoryLimit));
      },
    });
    descriptors.reset();
    child = born;
    // Before any cell: the breakpoints of its first script are set in time.
    if (inspector.attached) born.request({ type: 'attach' });
  };

  const take = (event: CellEvent, buffers: readonly Uint8Array[]) => {
    switch (event.type) {
      case 'done':
        return finish(event);
      case 'beside_done':
        return endBeside(event.execution, checkedOutcome(event.outcome));
      case 'live_answer':
        return pendingLookups.get(event.id)?.(event);
      case 'exit': {
        exitCode = event.code;
        // Threads that are blocked in native code can keep it from ending.
        const exiting = child;
        setTimeout(() => exiting?.kill(), EXIT_MS).unref();
        return;
      }
      case 'broken':
        broken ??= event.reason;
        return;
      case 'ready':
        ready = true;
        inspector.ready();
        return;
      case 'log':
        return options.log(event.line);
      default:
        inFlight.take(event, buffers);
    }
  };

  const endBeside = (execution: ExecutionId, outcome: CellOutcome) => {
    beside.get(execution)?.(outcome);
    beside.delete(execution);
  };

  const finish = ({ execution, outcome, fenced }: Done) => {
    if (!inFlight.done(execution, checkedOutcome(outcome))) throw new Error('an earlier cell was never answered');
    void descriptors.fenced(execution, fenced).then(() => {
      inFlight.end(execution);
      escalation.cellEnded(execution);
    });
  };

  const ended = (gone: CellChild, error: ReturnType<typeof describeEnding>) => {
    if (gone !== child) return;
    child = undefined;
    for (const answer of pendingLookups.values()) answer(undefined);
    descriptors.end();
    escalation.end();
    inspector.lost();
    for (const execution of [...beside.keys()]) endBeside(execution, { status: 'error', error });
    if (closing) return void inFlight.cut({ status: 'error', error });
    options.log(error.evalue);
    options.restarted();
    // A process that keeps ending is started again only for the next cell, so that nothing spins.
    if (earlyEnds < EARLY_ENDS) start();
    if (!inFlight.cut({ status: 'error', error })) options.sink({ type: 'late_error', execution: lastTurn, error }, []);
  };

  /** The bytes of a long cell go beside its message. */
  const send = (cell: ExecuteCell | ExecuteBeside) => {
    const { long = [], ...compiled } = cell.compiled;
    child?.request({ ...cell, compiled }, long);
  };

  const putInFlight = (cell: CellToRun): CellInFlight => {
    // A process that began now would never be ended.
    if (closing) return { beginTurn: async () => ({ status: 'unrun' }), isUnrun: () => true };
    if (!child) start();
    const added = inFlight.add(cell);
    send({ ...cell, after: added.after });
    return {
      isUnrun: added.isUnrun,
      beginTurn() {
        lastTurn = cell.execution;
        escalation.cellBegan(lastTurn);
        return added.beginTurn();
      },
    };
  };

  return {
    start,
    inspector,
    putInFlight,
    beside(cell) {
      if (closing) return Promise.resolve({ status: 'unrun' });
      if (!child) start();
      return new Promise((resolve) => {
        beside.set(cell.execution, resolve);
        send(cell);
      });
    },
    busy: () => inFlight.last() > 0,
    // The user means whichever cell in flight is running when the interrupt arrives.
    interrupt: async () => escalation.interrupt(inFlight.last()),
    comm: (message, buffers) => child?.request(message, buffers),
    answer: (id, answer) => child?.control({ type: 'answer', id, ...answer }),
    live: (lookup, milliseconds) =>
      new Promise((resolve) => {
        const number = ++lookups;
        const timer = setTimeout(() => answer(undefined), milliseconds);
        const answer = (found: LiveAnswer | undefined) => {
          clearTimeout(timer);
          pendingLookups.delete(number);
          resolve(found);
        };
        pendingLookups.set(number, answer);
        if (child) child.request({ type: 'live', id: number, ...lookup });
        else answer(undefined);
      }),
    async shutdown() {
      closing = true;
      escalation.end();
      const dying = child;
      if (!dying) return;
      // What stands at a breakpoint would not hear the request.
      inspector.end();
      dying.request({ type: 'shutdown' });
      const timer = setTimeout(() => dying.kill(), SHUTDOWN_MS);
      await dying.gone;
      clearTimeout(timer);
    },
  };
}

/** Checks an outcome: a cell may have replaced what it was made with. @throws {Error} where it is no outcome */
function checkedOutcome(outcome: CellOutcome | undefined): CellOutcome {
  const { status } = outcome ?? {};
  if (outcome?.status === 'ok' && typeof outcome.expressions === 'object' && outcome.expressions !== null)
    return outcome;
  if (status === 'unrun') return { status };
  const error = outcome?.status === 'error' ? outcome.error : undefined;
  const isReport = typeof error?.ename === 'string' && typeof error.evalue === 'string';
  if (isReport && Array.isArray(error.traceback)) return { status: 'error', error };
  throw new Error("a cell's answer had no outcome");
}
