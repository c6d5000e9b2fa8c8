// The queue of cells: in the order they came, aborted behind one that failed. What running one cell means is in
// execute.ts, what is done for the next ones meanwhile in prefetch.ts.

import type { Message } from '../protocol.ts';
import { answer } from '../requests/exchange.ts';
import { FieldError } from '../requests/fields.ts';
import type { Cells, Exchange, Kernel } from '../requests/kernel.ts';
import { parentBytes } from '../wire/message.ts';
import { createFailures } from './aborting.ts';
import { failure, isBlank, optionsOf, run } from './execute.ts';
import { createAhead, type Job } from './prefetch.ts';
import { checkCell } from './type-check.ts';

/** Milliseconds without a new request after which a client that sends many at once is through; and at most so long. */
const QUIET = 5;
const BURST = 100;
/** Milliseconds without a cell after which type errors are looked for: a person notices no later, a program's next cell may come. */
const REST = 50;

/** What one cell's turn leaves to do. */
interface Turn {
  /** To be aborted. */
  readonly doomed: readonly Job[];
  /** Resolves when its type errors are told, where there may be some. */
  readonly warned?: Promise<void>;
}

/** The queue of cells of one kernel. */
export function createCells(kernel: () => Kernel): Cells {
  let queue: Job[] = [];
  let current: Job | undefined;
  let count = 0;
  let arrivals = 0;
  const failures = createFailures();

  const ahead = createAhead(kernel, () => ({ queue, count }));
  const abort = async (doomed: readonly Job[]) => {
    ahead.forget(doomed);
    for (const { request, parent } of doomed) {
      const handler = ({ reply }: Exchange) => reply({ status: 'aborted', execution_count: count });
      await answer(kernel(), request, handler, parent);
    }
  };
  const execute = async (job: Job, { reply }: Exchange): Promise<Turn> => {
    const options = job.options;
    if (options instanceof FieldError) {
      reply(failure({ ename: options.name, evalue: options.message, traceback: [options.message] }, count));
      return { doomed: [] };
    }
    if (isBlank(options)) {
      const input = { code: options.code, execution_count: count + 1 };
      if (!options.silent) kernel().publish(job.parent, 'execute_input', input);
      reply({ status: 'ok', execution_count: count, payload: [], user_expressions: {} });
      return { doomed: [] };
    }
    const number = count + 1;
    if (options.storeHistory) count = number;
    const again = () => ahead.begin(job, options, number);
    const execution = job.handed?.execution ?? again();
    const compiling = ahead.compile(job, options, number);
    ahead.prepare();
    const cell = { count: number, code: options.code, interactive: options.allowStdin };
    const check = options.silent ? undefined : checkCell(kernel(), execution, cell);
    const handed = job.handed?.cell;
    const content = await run(kernel(), {
      ...{ execution, options, number, compiling, check, handed, again },
      begun: ahead.prepare,
    });
    let doomed: readonly Job[] = [];
    if (content.status === 'error' && options.stopOnError) {
      await settled(job);
      doomed = queue;
      queue = [];
      failures.note(job.request, job.arrived);
    }
    reply(content);
    return { doomed, warned: check?.warn() };
  };
  /**
   * Before the reply of a cell that failed: what arrives until then was sent by a client that has not seen it, and is
   * aborted. "Run all" sends its cells over some milliseconds, and a first cell may fail within two.
   */
  const settled = async (job: Job) => {
    await new Promise((resolve) => setImmediate(resolve));
    for (let seen = -1; seen !== arrivals && performance.now() - job.arrived < BURST; ) {
      seen = arrivals;
      await new Promise((resolve) => setTimeout(resolve, QUIET));
    }
  };
  const sayBusy = () => {
    if (current) kernel().publish(current.parent, 'status', { execution_state: 'busy' });
  };
  const take = async (job: Job) => {
    if (job.late) return abort([job]);
    current = job;
    let turn: Turn = { doomed: [] };
    const replied = Promise.withResolvers<void>();
    const handler = async (exchange: Exchange) => {
      turn = await execute(job, exchange);
      if (turn.warned === undefined) return;
      // The next cell does not wait for what TypeScript says about this one; this one's idle does.
      replied.resolve();
      await turn.warned;
    };
    const idle = answer(kernel(), job.request, handler, job.parent);
    void idle.then(() => current !== job && sayBusy());
    await Promise.race([replied.promise, idle]);
    current = undefined;
    await abort(turn.doomed);
  };
  let working = false;
  let resting: NodeJS.Timeout | undefined;
  const work = async () => {
    working = true;
    clearTimeout(resting);
    for (let job = queue.shift(); job !== undefined; job = queue.shift()) await take(job);
    // In the same turn that found the queue empty, or a cell added meanwhile would wait for ever.
    working = false;
    // A client that sends its next cell at the last one's idle is not made to wait for TypeScript.
    clearTimeout(resting);
    resting = setTimeout(() => kernel().language.release(), REST);
  };
  return {
    add(request) {
      arrivals += 1;
      const arrived = performance.now();
      const late = failures.cover(request);
      queue.push({ request, arrived, late, parent: parentBytes(request.header), options: optionsOf(request) });
      if (working) ahead.prepare();
      else void work();
    },
    sayBusy,
    abort() {
      const doomed = queue;
      queue = [];
      return abort(doomed);
    },
  };
}
