// One execute request from its arrival to `done`: evaluated, its value shown, its expressions evaluated, its output
// flushed and fenced. How a body runs is in evaluate.ts.

import type { Task } from '../../asyncio/engine/task.ts';
import {
  type CellOutcome,
  type ErrorReport,
  type ExecuteCell,
  type ExecutionId,
  type ExpressionOutcome,
  fence,
} from '../../events.ts';
import { isObject } from '../display/reflect.ts';
import { isShown, type Rendered, render } from '../display/render.ts';
import { KeyboardInterrupt } from '../interrupt/interrupts.ts';
import { beginOwner, type Owner } from '../interrupt/owner.ts';
import type { TextPort } from '../output/gather-text.ts';
import { writeWhole } from '../output/send.ts';
import { type Evaluated, type Evaluation, evaluate, guarded } from './evaluate.ts';

/** The descriptors that child processes and addons write on. */
const DESCRIPTORS = [1, 2];

/** What executing needs beside evaluation. */
export interface Execution extends Evaluation {
  readonly port: TextPort;
  readonly nonce: string;
  /** Resolves when the asynchronous displays are out. */
  readonly settled: () => Promise<void> | undefined;
  /** Whether there is anything to wait for. */
  readonly unsettled: () => boolean;
  readonly registerSource: (
    name: string,
    source: { readonly source: string; readonly maps: readonly string[]; readonly code?: string },
  ) => void;
  readonly report: (error: unknown) => ErrorReport;
  /** Sees to it that late errors are heard. */
  readonly listen: () => void;
  /** Prints what is left of a character whose rest did not come. */
  readonly finish: (execution: ExecutionId) => void;
  /** Keeps a shown value for later cells: `_` and `Out[n]`. */
  readonly keep: (count: number, value: unknown) => void;
  /** Called when the task of the executing cell is known; `done` when it is done. */
  readonly watch: (task: Task<unknown>, done: () => void) => void;
}

/** Executes a cell; resolves after its `done` went out, with how it ended. */
export async function execute(execution: Execution, cell: ExecuteCell): Promise<CellOutcome['status']> {
  const { port } = execution;
  const owner: Owner = { execution: cell.execution, name: `Cell [${cell.count}]`, interrupted: false };
  beginOwner(owner);
  execution.loader.refresh();
  execution.listen();
  const outcome = await outcomeOf(execution, cell, owner);
  execution.finish(cell.execution);
  port.flush();
  port.send({ type: 'done', execution: cell.execution, outcome, fenced: writeFences(execution.nonce, cell.execution) });
  return outcome.status;
}

async function outcomeOf(execution: Execution, cell: ExecuteCell, owner: Owner): Promise<CellOutcome> {
  const failed = async (error: unknown): Promise<CellOutcome> => ({
    status: 'error',
    error: await reported(execution, owner, error),
  });
  execution.registerSource(owner.name, { source: cell.source, maps: [cell.compiled.map], code: cell.compiled.code });
  const evaluated = await evaluate(execution, cell.compiled, owner, execution.watch);
  if ('error' in evaluated) return failed(evaluated.error);
  try {
    await show(execution, cell, owner, evaluated.value);
    if (execution.unsettled()) await guarded(execution, owner, () => execution.settled());
    return { status: 'ok', expressions: await expressionsOf(execution, cell, owner) };
  } catch (error) {
    return failed(error);
  }
}

/** The report of an error, whose properties may be a person's code. */
async function reported(execution: Execution, owner: Owner, error: unknown): Promise<ErrorReport> {
  try {
    return await guarded(execution, owner, () => execution.report(error));
  } catch (interrupt) {
    return execution.report(interrupt);
  }
}

/** The value of the last expression, as the cell's result. */
async function show(execution: Execution, cell: ExecuteCell, owner: Owner, value: unknown): Promise<void> {
  if (cell.silent || !isShown(value)) return;
  if (cell.storeHistory) execution.keep(cell.count, value);
  const { data, metadata, failure } = await rendered(execution, owner, value);
  if (failure instanceof KeyboardInterrupt) throw failure;
  const result = { type: 'result', execution: cell.execution, data, metadata } as const;
  // Nearly always the cell's end comes next: one write, and the kernel process is woken once.
  if (failure === undefined && !execution.unsettled() && Object.keys(cell.expressions).length === 0) {
    execution.port.sendWithNext(result);
  } else execution.port.send(result);
  if (failure !== undefined) {
    const error = await reported(execution, owner, failure);
    execution.port.send({ type: 'late_error', execution: cell.execution, error });
  }
}

function rendered(execution: Execution, owner: Owner, value: unknown): Rendered | Promise<Rendered> {
  // No code of a person's shows these, and each entry into the guard costs some 10 µs.
  return isObject(value) ? guarded(execution, owner, () => render(value)) : render(value);
}

async function expressionsOf(
  execution: Execution,
  cell: ExecuteCell,
  owner: Owner,
): Promise<Record<string, ExpressionOutcome>> {
  const outcomes: Record<string, ExpressionOutcome> = {};
  for (const [key, expression] of Object.entries(cell.expressions)) {
    if ('error' in expression) {
      outcomes[key] = { status: 'error', ...expression.error };
      continue;
    }
    const name = `user_expressions[${JSON.stringify(key)}]`;
    execution.registerSource(name, { source: expression.source, maps: [expression.compiled.map] });
    const own: Owner = { ...owner, name };
    outcomes[key] = await expressionOutcome(
      execution,
      own,
      await evaluate(execution, expression.compiled, own, execution.watch),
    );
  }
  return outcomes;
}

async function expressionOutcome(execution: Execution, owner: Owner, evaluated: Evaluated): Promise<ExpressionOutcome> {
  if ('error' in evaluated) return { status: 'error', ...(await reported(execution, owner, evaluated.error)) };
  try {
    const { data, metadata } = await rendered(execution, owner, evaluated.value);
    return { status: 'ok', data, metadata };
  } catch (error) {
    return { status: 'error', ...(await reported(execution, owner, error)) };
  }
}

/** Marks on the bare descriptors how far this cell's output goes; which of them could be marked. */
function writeFences(nonce: string, execution: number): number[] {
  const mark = Buffer.from(fence(nonce, execution));
  return DESCRIPTORS.filter((descriptor) => {
    try {
      writeWhole(descriptor, mark);
      return true;
    } catch {
      return false; // The cell closed it.
    }
  });
}
