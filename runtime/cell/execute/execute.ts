// One cell, from its first step in this process to `done`: evaluated, its value shown, its expressions evaluated, its
// output flushed and fenced. How a body runs is in evaluate.ts.

import type { CellOutcome, ErrorReport, ExecuteCell, ExecutionId, ExpressionOutcome } from '../../events.ts';
import { isObject } from '../display/reflect.ts';
import { isShown, type Rendered, render } from '../display/render.ts';
import { KeyboardInterrupt } from '../interrupt/interrupts.ts';
import { beginOwner, createOwner, type Owner } from '../interrupt/owner.ts';
import type { TextPort } from '../output/gather-text.ts';
import { type CellSteps, runSteps, waitFor } from './cell-steps.ts';
import { type Evaluated, type Evaluation, evaluate, guarded } from './evaluate.ts';

/** What executing a cell needs beside what evaluating it needs. */
export interface CellServices extends Evaluation {
  readonly port: TextPort;
  /**
   * Marks the end of an execution's output in what child processes and addons write. Returns the descriptors on which the
   * mark was written.
   */
  readonly writeFences: (execution: ExecutionId) => readonly number[];
  /** Resolves when the asynchronous displays are out. */
  readonly settled: () => Promise<void> | undefined;
  /** Whether there is anything to wait for. */
  readonly unsettled: () => boolean;
  readonly registerSource: (
    name: string,
    source: { readonly source: string; readonly maps: readonly string[]; readonly code?: string },
  ) => void;
  readonly report: (error: unknown) => ErrorReport;
  /** The same for an error of the kernel's own: runs no user code, a prepareStackTrace of the person's included. */
  readonly reportOwn: (error: unknown) => ErrorReport;
  /** Ends the process, which cannot go on. */
  readonly breakDown: (reason: string) => void;
  /** Calls back once it is known which rejections nobody handles. */
  readonly rejectionsSettled: (resume: () => void) => void;
  /** Makes sure that late errors are heard. */
  readonly listen: () => void;
  /** Prints what is left of a character whose remaining bytes did not come. */
  readonly finish: (execution: ExecutionId) => void;
  /** Keeps a shown value for later cells: `_` and `Out[n]`. */
  readonly keep: (count: number, value: unknown) => void;
}

/** Executes a cell; calls `done` with how it ended, after its answer went out. */
export function execute(
  services: CellServices,
  cell: ExecuteCell,
  done: (status: CellOutcome['status']) => void,
): void {
  const owner = createOwner(cell.execution, `Cell [${cell.count}]`, cell.place?.cell);
  beginOwner(owner, cell.place?.deleted);
  const answer = (outcome: CellOutcome) => {
    send(services, cell, outcome);
    services.interrupts.passed(cell.execution);
    done(outcome.status);
  };
  // What fails outside user code, or cannot be sent, is an answer as well.
  const failed = (error: unknown) => answer({ status: 'error', error: services.report(error) });
  runSteps(
    runCell(services, cell, owner),
    (outcome) => {
      try {
        answer(outcome);
      } catch (error) {
        answerOrDie(services, failed, error);
      }
    },
    (error) => answerOrDie(services, failed, error),
  );
}

/** A cell without an answer would hold up all others for ever. If none can be sent, the process ends instead. */
function answerOrDie({ breakDown }: CellServices, failed: (error: unknown) => void, error: unknown): void {
  try {
    failed(error);
  } catch {
    breakDown('a cell could not be answered');
  }
}

function send({ port, writeFences, finish }: CellServices, { execution }: ExecuteCell, outcome: CellOutcome): void {
  finish(execution);
  port.flush();
  port.send({ type: 'done', execution, outcome, fenced: writeFences(execution) });
}

function* runCell(services: CellServices, cell: ExecuteCell, owner: Owner): CellSteps<CellOutcome> {
  services.loader.refresh();
  services.listen();
  services.registerSource(owner.name, { source: cell.source, maps: [cell.compiled.map], code: cell.compiled.code });
  const evaluated = yield* evaluate(services, cell.compiled, owner);
  let failure = 'error' in evaluated ? evaluated : yield* show(services, cell, owner, evaluated.value);
  yield* waitFor<void>(services.rejectionsSettled);
  if (!failure && services.unsettled()) {
    const settled = yield* guarded(services, owner, () => services.settled());
    if ('error' in settled) failure = settled;
  }
  if (failure) return { status: 'error', error: (yield* reported(services, owner, failure.error)).report };
  const { expressions, interrupt } = yield* expressionsOf(services, cell, owner);
  return interrupt ? { status: 'error', error: interrupt } : { status: 'ok', expressions };
}

/** An error as it is told. */
interface Reported {
  readonly report: ErrorReport;
  /** Whether the person pressed stop: an error of theirs may have the same name. */
  readonly interrupted: boolean;
}

/** The report of an error, whose properties may be user code. */
function* reported(services: CellServices, owner: Owner, error: unknown): CellSteps<Reported> {
  if (error instanceof KeyboardInterrupt) return { report: services.reportOwn(error), interrupted: true };
  const made = yield* guarded(services, owner, () => services.report(error));
  if ('value' in made) return { report: made.value, interrupted: false };
  if (made.error instanceof KeyboardInterrupt) return { report: services.reportOwn(made.error), interrupted: true };
  // What was thrown while an error was being read may be as hard to read.
  const again = yield* guarded(services, owner, () => services.report(made.error));
  const unreadable = () => services.reportOwn(new Error('An error was thrown that cannot be read.'));
  return { report: 'value' in again ? again.value : unreadable(), interrupted: false };
}

/** Why the cell fails, where showing its value was interrupted. */
type Failure = { readonly error: unknown } | undefined;

/** The value of the last expression, as the cell's result. */
function* show(services: CellServices, cell: ExecuteCell, owner: Owner, value: unknown): CellSteps<Failure> {
  if (cell.silent || !isShown(value)) return undefined;
  if (cell.storeHistory) services.keep(cell.count, value);
  const shown = yield* rendered(services, owner, value);
  if ('error' in shown) return shown;
  const { data, metadata, failure } = shown.value;
  if (failure instanceof KeyboardInterrupt) return { error: failure };
  const result = { type: 'result', execution: cell.execution, data, metadata } as const;
  // Nearly always the cell's end comes next: written together, they wake the kernel process once.
  if (failure === undefined && !services.unsettled() && Object.keys(cell.expressions).length === 0) {
    services.port.sendWithNext(result);
  } else services.port.send(result);
  if (failure !== undefined) {
    const { report } = yield* reported(services, owner, failure);
    services.port.send({ type: 'late_error', execution: cell.execution, error: report });
  }
  return undefined;
}

function* rendered(
  services: CellServices,
  owner: Owner,
  value: unknown,
): CellSteps<{ readonly value: Rendered } | { readonly error: unknown }> {
  // No code of a person is needed to show these, and each entry into the guard costs some 10 µs.
  if (!isObject(value)) return { value: render(value) as Rendered };
  return yield* guarded<Rendered>(services, owner, () => render(value));
}

function* expressionsOf(
  services: CellServices,
  cell: ExecuteCell,
  owner: Owner,
): CellSteps<{ readonly expressions: Record<string, ExpressionOutcome>; readonly interrupt?: ErrorReport }> {
  const outcomes: Record<string, ExpressionOutcome> = {};
  for (const [key, expression] of Object.entries(cell.expressions)) {
    if ('error' in expression) {
      outcomes[key] = { status: 'error', ...expression.error };
      continue;
    }
    const name = `user_expressions[${JSON.stringify(key)}]`;
    services.registerSource(name, {
      source: expression.source,
      maps: [expression.compiled.map],
      code: expression.compiled.code,
    });
    const own = createOwner(owner.execution, name);
    const told = yield* expressionOutcome(services, own, yield* evaluate(services, expression.compiled, own));
    if ('data' in told) outcomes[key] = { status: 'ok', ...told };
    // Whoever pressed stop wants none of the others either, nor the cells behind this one.
    else if (told.interrupted) return { expressions: outcomes, interrupt: told.report };
    else outcomes[key] = { status: 'error', ...told.report };
  }
  return { expressions: outcomes };
}

function* expressionOutcome(
  services: CellServices,
  owner: Owner,
  evaluated: Evaluated,
): CellSteps<Pick<Rendered, 'data' | 'metadata'> | Reported> {
  const shown = 'error' in evaluated ? evaluated : yield* rendered(services, owner, evaluated.value);
  if ('error' in shown) return yield* reported(services, owner, shown.error);
  const { data, metadata, failure } = shown.value;
  return failure === undefined ? { data, metadata } : yield* reported(services, owner, failure);
}
