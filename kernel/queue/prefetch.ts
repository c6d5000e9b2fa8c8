// What is done for queued cells before their turn: they are compiled, and the next ones are put in flight, so that the
// cell process does not wait for this process between two cells. Their output is held back until their turn by
// kernel/process/in-flight.ts.

import { shortId, traceLog } from '../../runtime/trace-log.ts';
import type { CellInFlight } from '../process/cell-process.ts';
import type { Message } from '../protocol.ts';
import { FieldError } from '../requests/fields.ts';
import type { Execution, Kernel } from '../requests/kernel.ts';
import { type Compiled, executeMessage, isBlank, type Options } from './execute.ts';

/** How many queued cells are compiled ahead: enough to keep esbuild busy, few enough to throw away after an error. */
const COMPILED = 8;
/** How many are in flight: with only one the cell process still had to wait at times. */
const IN_FLIGHT = 2;

/** A queued execute_request. */
export interface Job {
  readonly request: Message;
  /** When it arrived (performance.now()). */
  readonly arrived: number;
  /** Its client sent it before it can have seen that an earlier cell failed: it is aborted. */
  readonly abandoned: boolean;
  /** The request's header as JSON. */
  readonly parent: string;
  /** What the request asks for, or why it cannot be read. */
  readonly options: Options | FieldError;
  prefetched?: {
    readonly name: string;
    readonly compiling: Promise<Compiled>;
    compiled?: Compiled;
    /** Its compilation was given up, or its compiler ended: what asks next compiles it anew. */
    failed?: boolean;
    /** Makes the compiler forget this cell and those compiled after it. */
    forget?: () => void;
  };
  inFlight?: { readonly execution: Execution; readonly cell: CellInFlight };
}

/** The work done ahead for queued cells. */
export interface Prefetch {
  /** The cell compiled under this number, by an earlier call or now. */
  compile(job: Job, options: Options, number: number): Promise<Compiled>;
  /**
   * Compiles what can be compiled and puts cells in flight. Call it when the queue or what is in flight has changed.
   */
  prepare(): void;
  /** Forgets what was prepared for cells that will not run. */
  forget(aborted: readonly Job[]): void;
  /** Makes the execution of a cell; it is stored under `number`, if at all. */
  makeExecution(job: Job, options: Options, number: number): Execution;
}

/** `queued` returns the waiting cells, in order, and the number of the cell before them. */
export function createPrefetch(
  kernel: () => Kernel,
  queued: () => { readonly queue: readonly Job[]; readonly count: number },
): Prefetch {
  /** The next cells that will run, with the numbers that they will have. */
  function* upcoming(): Generator<readonly [Job, Options, number]> {
    const { queue, count } = queued();
    let number = count + 1;
    for (const job of queue.slice(0, COMPILED)) {
      if (job.abandoned || job.options instanceof FieldError || isBlank(job.options)) continue;
      yield [job, job.options, number];
      if (job.options.storeHistory) number += 1;
    }
  }
  const putInFlight = () => {
    const { cellProcess, language } = kernel();
    // In strict mode a cell is checked before it runs, and after all earlier cells ran: it cannot be put in flight before
    // its turn.
    if (!cellProcess.busy() || language.mode === 'strict') return;
    const { queue } = queued();
    let place = 0;
    for (const [job, options, number] of upcoming()) {
      const compiled = job.prefetched?.compiled;
      // In order and without a gap: a cell that is not sent to the cell process may fail here, and abort those behind
      // it.
      if (place === IN_FLIGHT || queue[place] !== job || !compiled || 'error' in compiled) return;
      if (Object.keys(options.expressions).length > 0) return;
      place += 1;
      if (job.inFlight && !job.inFlight.cell.isUnrun()) continue;
      // It came back when the process ended under an earlier cell, and is in flight again before those behind it.
      if (job.inFlight) job.inFlight.execution.running = false;
      const execution = prefetch.makeExecution(job, options, number);
      traceLog.queue?.(`execution ${execution.id} put in flight before its turn`);
      job.inFlight = {
        execution,
        cell: cellProcess.putInFlight(executeMessage(execution, options, number, compiled, {})),
      };
    }
  };
  const prefetch: Prefetch = {
    compile(job, { code }, number) {
      const name = `Cell [${number}]`;
      if (job.prefetched?.name !== name || job.prefetched.failed) {
        const { forget } = job.prefetched ?? {};
        const compiling = kernel()
          .compiler()
          .then((compiler) => {
            if (job.prefetched) job.prefetched.forget = forget ?? compiler.mark();
            return compiler.cell(code, name);
          });
        const made: Job['prefetched'] = { name, compiling };
        job.prefetched = made;
        compiling.then(
          (compiled) => {
            made.compiled = compiled;
            traceLog.queue?.(`${name} ${'error' in compiled ? 'does not compile' : 'compiled'}`);
            putInFlight();
          },
          // Where its turn awaits `compiling`, that sees the failure; an aborted cell needs no report of it.
          () => {
            made.failed = true;
          },
        );
      }
      return job.prefetched.compiling;
    },
    prepare() {
      for (const [job, options, number] of upcoming()) prefetch.compile(job, options, number);
      putInFlight();
    },
    forget(aborted) {
      aborted.find((job) => job.prefetched?.forget)?.prefetched?.forget?.();
      for (const { inFlight } of aborted) if (inFlight) inFlight.execution.running = false;
    },
    makeExecution({ request, parent }, options, number) {
      const count = options.storeHistory ? number : number - 1;
      const execution = kernel().executions.create(request, parent, { ...options, count });
      traceLog.queue?.(`execution ${execution.id} is request ${shortId(request.header.msg_id)}, Cell [${number}]`);
      return execution;
    },
  };
  return prefetch;
}
