// What is done for queued cells before their turn: compiled, and the very next handed over to the cell process, which
// then need not wait for this one between two cells. What they say is kept until their turn (cells/line.ts).

import type { HandedCell } from '../process/host.ts';
import type { Message } from '../protocol.ts';
import { FieldError } from '../requests/fields.ts';
import type { Execution, Kernel } from '../requests/kernel.ts';
import { type Compiled, given, isBlank, type Options } from './execute.ts';

/** So many queued cells are compiled ahead: enough to keep esbuild busy, few enough to throw away after an error. */
const COMPILED = 8;
/** So many are handed over: with one alone the cell process still waited at times. */
const HANDED = 2;

/** A queued execute_request. */
export interface Job {
  readonly request: Message;
  readonly arrived: number;
  /** A cell failed that was sent before it, and its client did not know yet. */
  readonly late: boolean;
  readonly parent: Uint8Array;
  /** What the request asks for, or why it cannot be read. */
  readonly options: Options | FieldError;
  ahead?: {
    readonly name: string;
    readonly compiling: Promise<Compiled>;
    compiled?: Compiled;
    /** Makes the compiler forget this cell and those compiled after it. */
    forget?: () => void;
  };
  handed?: { readonly execution: Execution; readonly cell: HandedCell };
}

export interface Ahead {
  /** The cell under that number, compiled before or now. */
  compile(job: Job, options: Options, number: number): Promise<Compiled>;
  /** Compiles and hands over what can be. To be called whenever the queue has changed or a cell was handed over. */
  prepare(): void;
  /** They will not run. */
  forget(doomed: readonly Job[]): void;
  /** Makes the execution of a cell that will be stored under `number`, if at all. */
  begin(job: Job, options: Options, number: number): Execution;
}

/** `queued` is what waits, in order, behind a cell of that number. */
export function createAhead(
  kernel: () => Kernel,
  queued: () => { readonly queue: readonly Job[]; readonly count: number },
): Ahead {
  /** The next cells that will run, with the numbers that they will have. */
  function* upcoming(): Generator<readonly [Job, Options, number]> {
    const { queue, count } = queued();
    let number = count + 1;
    for (const job of queue.slice(0, COMPILED)) {
      if (job.late || job.options instanceof FieldError || isBlank(job.options)) continue;
      yield [job, job.options, number];
      if (job.options.storeHistory) number += 1;
    }
  }
  const handOver = () => {
    const { host, language } = kernel();
    // A strict check comes before the cell, and after all that ran before it.
    if (!host.busy() || language.mode === 'strict') return;
    const { queue } = queued();
    let place = 0;
    for (const [job, options, number] of upcoming()) {
      const compiled = job.ahead?.compiled;
      // In order and without a gap: what does not go to the cell process may fail here.
      if (place === HANDED || queue[place] !== job || !compiled || 'error' in compiled) return;
      if (Object.keys(options.expressions).length > 0) return;
      place += 1;
      if (job.handed) continue;
      const execution = ahead.begin(job, options, number);
      job.handed = { execution, cell: host.handOver(given(execution, options, number, compiled, {})) };
    }
  };
  const ahead: Ahead = {
    compile(job, { code }, number) {
      const name = `Cell [${number}]`;
      if (job.ahead?.name !== name) {
        const compiling = kernel()
          .compiler()
          .then((compiler) => {
            if (job.ahead) job.ahead.forget = compiler.mark();
            return compiler.cell(code, name);
          });
        const made: Job['ahead'] = { name, compiling };
        job.ahead = made;
        compiling.then(
          (compiled) => {
            made.compiled = compiled;
            handOver();
          },
          () => {}, // Whoever awaits it sees the failure; nobody does where the queue is aborted.
        );
      }
      return job.ahead.compiling;
    },
    prepare() {
      for (const [job, options, number] of upcoming()) ahead.compile(job, options, number);
      handOver();
    },
    forget(doomed) {
      doomed.find((job) => job.ahead?.forget)?.ahead?.forget?.();
      for (const { handed } of doomed) if (handed) handed.execution.running = false;
    },
    begin({ request, parent }, options, number) {
      const count = options.storeHistory ? number : number - 1;
      return kernel().executions.begin(request, parent, { ...options, count });
    },
  };
  return ahead;
}
