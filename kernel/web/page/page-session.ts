// The kernel of a live page: one worker, the cells that run in it one after another, and what they show. It knows nothing
// of the page's elements.

import type { KernelMessage } from '@jupyterlab/services';
import type { Mail } from '../../../runtime/cell/web/mail.ts';
import type { Start } from '../../../runtime/cell/web/messages.ts';
import type { CellEvent, CellOutcome, CommDown, CommUp, ErrorReport, ExecutionId } from '../../../runtime/events.ts';
import type { CellProcess } from '../../process/cell-process.ts';
import { createCellProcess } from '../../process/create-cell-process.ts';
import { GONE, headlineReport } from '../../process/ending.ts';
import { RESTART_MS } from '../../process/escalation.ts';
import type { Output } from '../../run/notebook/notebook.ts';
import { createCollector, type Displays } from '../../run/outputs.ts';
import { type PageWorker, startWorker, type WorkerChild } from '../worker-child.ts';

/** A cell of the page, as the session sees it. */
export interface PageCell {
  /** Whether it is expected to fail. */
  readonly raises: boolean;
  /** Its outputs have changed. */
  show(outputs: readonly Output[]): void;
  /** Asks the person for a line; rejects where the page cannot. */
  ask(prompt: string, password: boolean): Promise<string>;
  /** The question is no longer open. */
  dropQuestion(): void;
}

/** How a cell ended: it ran, it failed, or an earlier one failed before its turn. */
export type Ended = CellOutcome['status'];

/** The kernel of a page. */
export interface PageSession {
  /** Runs a cell after those that were given before; they run one after another, and a failure stops those behind it. */
  run(cell: PageCell, source: string): Promise<{ readonly count: number; readonly status: Ended }>;
  /** Stops what runs, and all that waits behind it. */
  interrupt(): void;
  /** Stops one cell: what waits behind it keeps its turn if this one has not begun. */
  stop(cell: PageCell): void;
  /** Ends the worker: variables are gone, outputs stay. */
  restart(): void;
  readonly busy: boolean;
  /** Sends what the page says to a widget; returns the execution of its handlers. */
  comm(message: Omit<CommDown, 'execution'>, buffers: readonly Uint8Array[]): ExecutionId;
}

/** What a session is made with. */
export interface SessionOptions {
  readonly newWorker: () => PageWorker;
  /** Fetches what a worker is started with; called before each cell. */
  readonly fetched: () => Promise<Pick<Start, 'parser'>>;
  readonly start: () => Omit<Start, 'type' | 'parser'>;
  /** What a widget says to the page. */
  readonly comm: (event: CommUp, buffers: readonly Uint8Array[]) => void;
  /** The handlers of a message to a widget have returned. */
  readonly commDone: (execution: ExecutionId) => void;
  /** The worker and its variables are gone. */
  readonly lost: () => void;
  /** Leaves mail in the box of that address. */
  readonly leave: (address: string, mail: Mail) => void;
  /** It runs a cell, or has ended the last of them. */
  readonly changed: (busy: boolean) => void;
  readonly log: (line: string) => void;
}

interface Execution {
  readonly cell: PageCell;
  readonly outputs: readonly Output[];
  readonly take: (event: CellEvent) => void;
}

/** Makes the session. The worker starts with {@link PageSession.run}, or before it by `warm`. */
export function createPageSession(options: SessionOptions): PageSession & { warm(): Promise<void> } {
  const executions = new Map<ExecutionId, Execution>();
  const displays: Displays = new Map();
  let parts: Awaited<ReturnType<SessionOptions['fetched']>> | undefined;
  let child: WorkerChild | undefined;
  let cellProcess: CellProcess | undefined;
  let last: ExecutionId = 0;
  let count = 0;
  let waiting = 0;
  /** Takes a cell that has not begun out of the queue. */
  const drops = new Map<PageCell, () => void>();
  /** Resolves when the cells that were given have ended. */
  let queue: Promise<unknown> = Promise.resolve();
  /** Counts the failures that stop what is queued. */
  let stops = 0;
  /** Counts the restarts; the worker ends within one. */
  let restarts = 0;
  let restarting = false;
  /** The worker, while it compiles; and what ends it if it was to stop and does not. */
  let compiling: WorkerChild | undefined;
  let givingUp: ReturnType<typeof setTimeout> | undefined;

  const sink = (event: CellEvent, buffers: readonly Uint8Array[]) => {
    // The person knows that the variables are gone.
    if (!('execution' in event) || (event.type === 'late_error' && restarting)) return;
    if (event.type === 'comm_done') return options.commDone(event.execution);
    if (event.type === 'comm_open' || event.type === 'comm_msg' || event.type === 'comm_close')
      return options.comm(event, buffers);
    const execution = executions.get(event.execution);
    if (execution === undefined) return;
    if (event.type !== 'ask') return execution.take(event);
    if (event.question.kind !== 'input') return cellProcess?.answer(event.id, { error: 'a page cannot answer that' });
    const { prompt, password } = event.question;
    execution.cell.ask(prompt, password).then(
      (value) => cellProcess?.answer(event.id, { value }),
      (error: unknown) =>
        cellProcess?.answer(event.id, { error: error instanceof Error ? error.message : String(error) }),
    );
  };
  const started = async (): Promise<CellProcess> => {
    parts = await options.fetched();
    cellProcess ??= createCellProcess({
      spawn: (_nonce, listener) => {
        const start = { ...(parts as NonNullable<typeof parts>), ...options.start() };
        const own = {
          ...listener,
          ended(ending: Parameters<typeof listener.ended>[0]) {
            if (child === born) child = undefined;
            listener.ended(ending);
          },
        };
        const { mail } = start;
        const leave = mail === undefined ? undefined : (given: Mail) => options.leave(mail, given);
        const born = startWorker(options.newWorker(), start, own, leave);
        child = born;
        return born;
      },
      descriptors: () => ({ read() {}, fenced: async () => {}, end() {}, reset() {} }),
      memoryLimit: Number.POSITIVE_INFINITY,
      sink,
      restarted: options.lost,
      log: options.log,
    });
    if (child === undefined) cellProcess.start();
    return cellProcess;
  };
  const executionOf = (cell: PageCell, execution: ExecutionId, number: number): Execution => {
    const { outputs, take } = createCollector(displays);
    const made: Execution = {
      cell,
      outputs,
      take(event) {
        const message = messageOf(event, number);
        if (message === undefined) return;
        take(message);
        // What any cell shows under the same id has changed.
        const changed = event.type === 'display' && event.update ? executions.values() : [made];
        for (const each of changed) each.cell.show(each.outputs);
      },
    };
    executions.set(execution, made);
    return made;
  };

  /** Ends a worker, of which the person knows why. */
  const end = (worker: WorkerChild | undefined) => {
    restarting = true;
    worker?.kill();
    restarting = false;
  };

  const runNow = async (cell: PageCell, source: string): Promise<{ count: number; status: Ended }> => {
    const stop = stops;
    const restart = restarts;
    const execution = ++last;
    const number = ++count;
    const name = `Cell [${number}]`;
    for (const [id, earlier] of executions) if (earlier.cell === cell) executions.delete(id);
    const own = executionOf(cell, execution, number);
    cell.show([]);
    const failed = (error: ErrorReport) => {
      own.take({ type: 'late_error', execution, error });
      return { count: number, status: 'error' as const };
    };
    const running = await started();
    compiling = child;
    const compiled = await child?.compile(source, name);
    compiling = undefined;
    clearTimeout(givingUp);
    if (restart !== restarts) return failed(restarted);
    if (compiled === undefined) return failed(stop === stops ? lost : gaveUp);
    if (stop !== stops) return failed(stopped);
    if ('error' in compiled) return failed(compiled.error);
    const outcome = await running
      .putInFlight({
        ...{ type: 'execute', execution, count: number, source, compiled, expressions: {} },
        ...{ silent: false, storeHistory: true, allowStdin: true, stopOnError: true },
      })
      .beginTurn();
    cell.dropQuestion();
    if (restart !== restarts) return failed(restarted);
    if (outcome.status === 'error') own.take({ type: 'late_error', execution, error: outcome.error });
    return { count: number, status: outcome.status };
  };

  return {
    warm: async () => void (await started()),
    get busy() {
      return waiting > 0;
    },
    run(cell, source) {
      const stop = stops;
      waiting += 1;
      options.changed(true);
      const unrun = { count: 0, status: 'unrun' as const };
      let isDropped = false;
      const dropped = new Promise<typeof unrun>((resolve) => {
        drops.set(cell, () => {
          isDropped = true;
          resolve(unrun);
        });
      });
      const turn = queue.then(async () => {
        if (isDropped) return unrun;
        drops.delete(cell);
        if (stop !== stops) return unrun;
        const ended = await runNow(cell, source);
        if (ended.status !== 'ok' && !cell.raises) stops += 1;
        return ended;
      });
      queue = turn
        .catch((error: unknown) => options.log(String(error)))
        .then(() => {
          waiting -= 1;
          if (waiting === 0) options.changed(false);
        });
      return Promise.race([turn, dropped]);
    },
    stop(cell) {
      const drop = drops.get(cell);
      drops.delete(cell);
      if (drop) drop();
      else this.interrupt();
    },
    comm(message, buffers) {
      const execution = ++last;
      cellProcess?.comm({ ...message, execution }, buffers);
      return execution;
    },
    interrupt() {
      stops += 1;
      void cellProcess?.interrupt();
      // No cell is in flight: what an earlier one has left behind may keep the worker from compiling, for ever.
      if (compiling === undefined) return;
      clearTimeout(givingUp);
      givingUp = setTimeout(end, RESTART_MS, compiling);
    },
    restart() {
      stops += 1;
      restarts += 1;
      count = 0;
      end(child);
    },
  };
}

/** The worker ended before it had compiled the cell. */
const lost: ErrorReport = {
  ename: 'ProcessCrash',
  evalue: 'What runs the cells ended. Run the cell again.',
  traceback: ['ProcessCrash: What runs the cells ended. Run the cell again.'],
};

/** Stop was pressed, and the worker never came to compile the cell. */
const gaveUp = headlineReport(
  'KeyboardInterrupt',
  `Nothing else could stop what an earlier cell left running, so its process was ended. ${GONE}`,
);

/** Restart was pressed while the cell ran. */
const restarted = headlineReport('KeyboardInterrupt', 'Restart was pressed. All variables are gone.');

/** Stop was pressed while the cell was on its way. */
const stopped = headlineReport('KeyboardInterrupt', 'before the cell began');

/** The message that the event is to front ends. */
function messageOf(event: CellEvent, count: number): KernelMessage.IIOPubMessage | undefined {
  const made = (msg_type: string, content: object) =>
    ({ header: { msg_type }, content }) as KernelMessage.IIOPubMessage;
  switch (event.type) {
    case 'stream':
      return made('stream', { name: event.name, text: event.text });
    case 'display':
      return made(event.update ? 'update_display_data' : 'display_data', {
        data: event.data,
        metadata: event.metadata,
        transient: { display_id: event.displayId },
      });
    case 'result':
      return made('execute_result', { execution_count: count, data: event.data, metadata: event.metadata });
    case 'clear':
      return made('clear_output', { wait: event.wait });
    case 'late_error':
      return made('error', event.error);
    default:
      return undefined;
  }
}
