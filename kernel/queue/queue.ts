// The queue of cells: they run in the order they came, and those behind a cell that fails are aborted. Running one
// cell is in execute.ts; what is done for the next ones meanwhile is in prefetch.ts.

import { setImmediate } from '#host/native-timers';
import { shortId, traceLog } from '../../runtime/trace-log.ts';
import type { ExecuteReply, Message } from '../protocol.ts';
import { answer } from '../requests/exchange.ts';
import { FieldError } from '../requests/fields.ts';
import type { CellQueue, Exchange, Kernel } from '../requests/kernel.ts';
import { parentText } from '../wire/wire.ts';
import { createFailures } from './aborting.ts';
import { failure, isBlank, optionsOf, runCell } from './execute.ts';
import { createPrefetch, type Job } from './prefetch.ts';
import { checkCell, type Waits } from './type-check.ts';

/** A client that sends many cells at once counts as done when no request has come for this many milliseconds … */
const QUIET_MS = 5;
/** … or this many after the failed cell arrived: on a busy machine hundreds of cells can take long to be read. */
const BURST_MS = 1000;
/**
 * Idle milliseconds before type checking: long enough for a client's next cell to arrive, too short for a person to
 * notice.
 */
const IDLE_MS = 50;

/** What one cell's turn leaves to do. */
interface TurnResult {
  /** What is replied. */
  readonly content: ExecuteReply;
  /** The cells to abort. */
  readonly aborted: readonly Job[];
  /** What its reply and its idle wait for; absent where they do not wait for its type errors. */
  readonly awaited?: Waits | undefined;
}

/** The queue of cells of one kernel. */
export function createCellQueue(kernel: () => Kernel): CellQueue {
  let queue: Job[] = [];
  let current: Job | undefined;
  let count = 0;
  let arrivals = 0;
  const failures = createFailures();

  const prefetch = createPrefetch(kernel, () => ({ queue, count }));
  /** The last reply that waits. Replies come in the order of their cells. */
  let telling: Promise<void> | undefined;
  const abort = async (aborted: readonly Job[]) => {
    prefetch.forget(aborted);
    if (aborted.length > 0) await telling;
    for (const { request, parent } of aborted) {
      traceLog.queue?.(`request ${shortId(request.header.msg_id)} aborted`);
      const handler = ({ reply }: Exchange) => reply({ status: 'aborted' });
      await answer(kernel(), request, handler, parent);
    }
  };
  const executeJob = async (job: Job): Promise<TurnResult> => {
    const options = job.options;
    if (options instanceof FieldError) {
      const report = { ename: options.name, evalue: options.message, traceback: [options.message] };
      return { content: failure(report, count), aborted: [] };
    }
    if (isBlank(options)) {
      const input = { code: options.code, execution_count: count + 1 };
      if (!options.silent) kernel().publish(job.parent, 'execute_input', input);
      return { content: { status: 'ok', execution_count: count, payload: [], user_expressions: {} }, aborted: [] };
    }
    const number = count + 1;
    if (options.storeHistory) count = number;
    const makeExecution = () => prefetch.makeExecution(job, options, number);
    const execution = job.inFlight?.execution ?? makeExecution();
    const compiling = prefetch.compile(job, options, number);
    prefetch.prepare();
    const cell = { count: number, code: options.code, interactive: options.allowStdin };
    const check = options.silent ? undefined : checkCell(kernel(), execution, cell);
    const inFlight = job.inFlight?.cell;
    const content = await runCell(kernel(), {
      ...{ execution, options, number, compiling, check, inFlight, makeExecution },
      onInFlight: prefetch.prepare,
    });
    let aborted: readonly Job[] = [];
    if (content.status === 'error' && options.stopOnError) {
      await burstEnd(job);
      aborted = queue;
      queue = [];
      failures.note(job.request, job.arrived);
    }
    return { content, aborted, awaited: check?.warn() };
  };
  /**
   * Waits before the reply of a cell that failed: the client has not seen the failure yet, so what it sends meanwhile is
   * aborted too. "Run all" takes some milliseconds to send its cells, and the first one may fail within two.
   */
  const burstEnd = async (job: Job) => {
    await new Promise((resolve) => setImmediate(resolve));
    for (let seen = -1; seen !== arrivals && performance.now() - job.arrived < BURST_MS; ) {
      seen = arrivals;
      await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
    }
  };
  const sayBusy = () => {
    if (current) kernel().publish(current.parent, 'status', { execution_state: 'busy' });
  };
  const take = async (job: Job) => {
    if (job.abandoned) return abort([job]);
    current = job;
    traceLog.queue?.(`request ${shortId(job.request.header.msg_id)} begins its turn`);
    let aborted: readonly Job[] = [];
    const ran = Promise.withResolvers<void>();
    const handler = async ({ reply }: Exchange) => {
      const { content, awaited, aborted: behind } = await executeJob(job);
      aborted = behind;
      const tell = () => {
        reply(content);
        traceLog.queue?.(`request ${shortId(job.request.header.msg_id)} replied, ${content.status}`);
      };
      const waits = telling !== undefined || awaited?.reply !== undefined;
      // The end of this cell is told when its type errors are; the next cell does not wait for that.
      if (waits || awaited) ran.resolve();
      if (waits) {
        const told = Promise.all([telling, awaited?.reply]).then(tell);
        telling = told;
        await told;
        if (telling === told) telling = undefined;
      } else tell();
      await awaited?.idle;
    };
    const idle = answer(kernel(), job.request, handler, job.parent);
    void idle.then(() => current !== job && sayBusy());
    await Promise.race([ran.promise, idle]);
    current = undefined;
    await abort(aborted);
  };
  let working = false;
  let releasing: NodeJS.Timeout | undefined;
  const work = async () => {
    working = true;
    clearTimeout(releasing);
    for (let job = queue.shift(); job !== undefined; job = queue.shift()) {
      await take(job);
      kernel().ran();
    }
    // Right after the queue was found empty, without an await: a cell added in between would wait for ever.
    working = false;
    // A client that sends its next cell when it sees the last one's idle is not made to wait for TypeScript.
    clearTimeout(releasing);
    releasing = setTimeout(() => kernel().language.release(), IDLE_MS);
  };
  return {
    add(request) {
      arrivals += 1;
      const arrived = performance.now();
      const abandoned = failures.cover(request);
      traceLog.queue?.(
        `request ${shortId(request.header.msg_id)} arrived, ${queue.length + (current ? 1 : 0)} before it`,
      );
      queue.push({ request, arrived, abandoned, parent: parentText(request.header), options: optionsOf(request) });
      if (working) prefetch.prepare();
      else void work();
    },
    sayBusy,
    get busy() {
      return current !== undefined;
    },
    count: () => count,
    abort() {
      const aborted = queue;
      queue = [];
      return abort(aborted);
    },
  };
}
