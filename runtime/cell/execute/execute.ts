// One cell from its turn to `done`: evaluated, its value shown, its expressions evaluated, its output flushed and
// fenced. How a body runs is in evaluate.ts.

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

/** What executing a cell needs beside what evaluating it needs. */
export interface CellServices extends Evaluation {
  readonly port: TextPort;
  readonly nonce: string;
  /** Resolves when the asynchronous displays are out. */
  readonly settled: () => Promise<void> | undefined;
  /** Whether there is anything to wait for. */
  readonly unsettled: () => boolean;
  readonly registerSource: (
    name: string,
    source: { readonly source: string; readonly maps: readonly string[] },
  ) => void;
  readonly report: (error: unknown) => ErrorReport;
  /** Makes sure that late errors are heard. */
  readonly listen: () => void;
  /** Prints what is left of a character whose remaining bytes did not come. */
  readonly finish: (execution: ExecutionId) => void;
  /** Keeps a shown value for later cells: `_` and `Out[n]`. */
  readonly keep: (count: number, value: unknown) => void;
  /** Called when the task of the executing cell is known; `done` when it is done. */
  readonly watch: (task: Task<unknown>, done: () => void) => void;
}

/** Executes a cell; resolves after its `done` went out, with how it ended. */
export async function execute(services: CellServices, cell: ExecuteCell): Promise<CellOutcome['status']> {
  const { port } = services;
  const owner: Owner = { execution: cell.execution, name: `Cell [${cell.count}]`, interrupted: false };
  beginOwner(owner);
  services.loader.refresh();
  services.listen();
  const outcome = await outcomeOf(services, cell, owner);
  services.finish(cell.execution);
  port.flush();
  port.send({ type: 'done', execution: cell.execution, outcome, fenced: writeFences(services.nonce, cell.execution) });
  return outcome.status;
}

async function outcomeOf(services: CellServices, cell: ExecuteCell, owner: Owner): Promise<CellOutcome> {
  const failed = async (error: unknown): Promise<CellOutcome> => ({
    status: 'error',
    error: await reported(services, owner, error),
  });
  services.registerSource(owner.name, { source: cell.source, maps: [cell.compiled.map] });
  const evaluated = await evaluate(services, cell.compiled, owner, services.watch);
  if ('error' in evaluated) return failed(evaluated.error);
  try {
    await show(services, cell, owner, evaluated.value);
    if (services.unsettled()) await guarded(services, owner, () => services.settled());
    return { status: 'ok', expressions: await expressionsOf(services, cell, owner) };
  } catch (error) {
    return failed(error);
  }
}

/** The report of an error, whose properties may be a person's code. */
async function reported(services: CellServices, owner: Owner, error: unknown): Promise<ErrorReport> {
  try {
    return await guarded(services, owner, () => services.report(error));
  } catch (interrupt) {
    return services.report(interrupt);
  }
}

/** The value of the last expression, as the cell's result. */
async function show(services: CellServices, cell: ExecuteCell, owner: Owner, value: unknown): Promise<void> {
  if (cell.silent || !isShown(value)) return;
  if (cell.storeHistory) services.keep(cell.count, value);
  const { data, metadata, failure } = await rendered(services, owner, value);
  if (failure instanceof KeyboardInterrupt) throw failure;
  const result = { type: 'result', execution: cell.execution, data, metadata } as const;
  // Nearly always the cell's end comes next: written together, they wake the kernel process once.
  if (failure === undefined && !services.unsettled() && Object.keys(cell.expressions).length === 0) {
    services.port.sendWithNext(result);
  } else services.port.send(result);
  if (failure !== undefined) {
    const error = await reported(services, owner, failure);
    services.port.send({ type: 'late_error', execution: cell.execution, error });
  }
}

function rendered(services: CellServices, owner: Owner, value: unknown): Rendered | Promise<Rendered> {
  // No code of a person is needed to show these, and each entry into the guard costs some 10 µs.
  return isObject(value) ? guarded(services, owner, () => render(value)) : render(value);
}

async function expressionsOf(
  services: CellServices,
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
    services.registerSource(name, { source: expression.source, maps: [expression.compiled.map] });
    const own: Owner = { ...owner, name };
    outcomes[key] = await expressionOutcome(
      services,
      own,
      await evaluate(services, expression.compiled, own, services.watch),
    );
  }
  return outcomes;
}

async function expressionOutcome(
  services: CellServices,
  owner: Owner,
  evaluated: Evaluated,
): Promise<ExpressionOutcome> {
  if ('error' in evaluated) return { status: 'error', ...(await reported(services, owner, evaluated.error)) };
  try {
    const { data, metadata } = await rendered(services, owner, evaluated.value);
    return { status: 'ok', data, metadata };
  } catch (error) {
    return { status: 'error', ...(await reported(services, owner, error)) };
  }
}

/** Marks on the bare descriptors how far this cell's output goes; returns those that could be marked. */
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
