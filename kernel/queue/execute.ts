// execute: one cell, from the fields of its request to the content of its reply. When its turn comes is decided in
// queue.ts; its output is published by kernel/requests/cell-events.ts.

import type { CellPlace, CompiledCell, CompiledExpression, ErrorReport } from '../../runtime/events.ts';
import { traceLog } from '../../runtime/trace-log.ts';
import { withCode } from '../compile/with-code.ts';
import type { CellInFlight, CellToRun } from '../process/cell-process.ts';
import type { ExecuteReply, JsonObject, Message } from '../protocol.ts';
import { FieldError, field } from '../requests/fields.ts';
import type { Compiler, Execution, Kernel } from '../requests/kernel.ts';
import type { Check } from './type-check.ts';

/** What a request asks for. */
export interface Options {
  readonly code: string;
  readonly silent: boolean;
  readonly storeHistory: boolean;
  readonly stopOnError: boolean;
  readonly allowStdin: boolean;
  readonly expressions: Readonly<Record<string, string>>;
  readonly place: CellPlace | undefined;
}

/** A compiled cell, or why it does not compile. */
export type Compiled = Awaited<ReturnType<Compiler['cell']>>;

/** What running one cell needs, once its turn has come. */
export interface CellRun {
  readonly execution: Execution;
  readonly options: Options;
  /**
   * The number it is stored under. A cell that is not stored gets the last stored number in its result and reply, as in
   * ipykernel.
   */
  readonly number: number;
  readonly compiling: Promise<Compiled>;
  readonly check: Check | undefined;
  /** Set where the cell is in flight already. */
  readonly inFlight: CellInFlight | undefined;
  /** Makes another execution for a cell that came back unrun. */
  makeExecution(): Execution;
  /** Called once the cell is in flight. */
  onInFlight(): void;
}

/** Runs one cell: compile → evaluate → the content of its reply. Never rejects. */
export async function runCell(
  kernel: Kernel,
  cellRun: CellRun,
): Promise<Exclude<ExecuteReply, { readonly status: 'aborted' }>> {
  const { options, number, check } = cellRun;
  const { count, parent } = cellRun.execution;
  const attempt: Attempt = { ...cellRun, interrupts: kernel.interrupts };
  if (!options.silent) {
    kernel.publish(parent, 'execute_input', { code: options.code, execution_count: number });
    for (const text of kernel.warnings.splice(0)) kernel.publish(parent, 'stream', { name: 'stderr', text });
  }
  const { error, results, declares } = await awaitOutcome(kernel, attempt).catch(
    (failure: unknown): Evaluated =>
      kernel.interrupts === attempt.interrupts ? compilerFailure(failure) : { error: INTERRUPTED },
  );
  if (declares === undefined) check?.drop();
  else check?.ran(error);
  const { execution } = attempt;
  execution.running = false;
  traceLog.queue?.(`execution ${execution.id} ended, ${error?.ename ?? 'ok'}`);
  kernel.input.drop(execution);
  if (error) kernel.publish(parent, 'error', error);
  remember(kernel, execution, number, options, declares, error === undefined);
  const payload = execution.payload;
  execution.payload = [];
  if (error) return { ...failure(error, count), payload };
  return { status: 'ok', execution_count: count, payload, user_expressions: results ?? {} };
}

/** A run under way. */
interface Attempt extends CellRun {
  /** The one of this attempt: a cell that comes back unrun gets another. */
  execution: Execution;
  /** How many interrupts there were when its turn came. */
  readonly interrupts: number;
}

/** How a cell ended. */
interface Evaluated {
  readonly error?: ErrorReport | undefined;
  /** The values of its user_expressions. */
  readonly results?: Extract<ExecuteReply, { readonly status: 'ok' }>['user_expressions'];
  /** Set where the cell process ran it. */
  readonly declares?: readonly string[];
}

/** Rejects where the compiler, not the source, is at fault. */
async function awaitOutcome(kernel: Kernel, attempt: Attempt): Promise<Evaluated> {
  const { options, number, check, interrupts } = attempt;
  const interrupted = () => kernel.interrupts !== interrupts;
  const onInFlight = () => {
    attempt.onInFlight();
    check?.onInFlight();
  };
  const compiled = await attempt.compiling;
  const ending = attempt.inFlight?.beginTurn();
  if (ending) onInFlight();
  let outcome = await ending;
  if ('error' in compiled) return { error: compiled.error };
  if (outcome === undefined || outcome.status === 'unrun') {
    if (outcome) {
      traceLog.queue?.(`execution ${attempt.execution.id} came back unrun`);
      attempt.execution.running = false;
      attempt.execution = attempt.makeExecution();
    }
    const expressions = await compileExpressions(kernel, options.expressions);
    const refusal = (await check?.refusal()) ?? (interrupted() ? INTERRUPTED : undefined);
    if (refusal) return { error: refusal };
    const message = executeMessage(attempt.execution, options, number, compiled, expressions);
    traceLog.queue?.(`execution ${attempt.execution.id} put in flight in its turn`);
    const turn = kernel.cellProcess.putInFlight(message).beginTurn();
    onInFlight();
    outcome = await turn;
  }
  const { declares } = compiled;
  if (outcome.status === 'ok') return { results: outcome.expressions, declares };
  // A cell that comes back unrun twice: the kernel is ending.
  return { error: outcome.status === 'error' ? outcome.error : INTERRUPTED, declares };
}

const INTERRUPTED: ErrorReport = {
  ename: 'KeyboardInterrupt',
  evalue: 'interrupted before the cell began',
  traceback: ['KeyboardInterrupt: interrupted before the cell began'],
};

/** The report for a cell whose compilation failed although nothing was found wrong with its source. */
export function compilerFailure(failure: unknown): { readonly error: ErrorReport } {
  const { name, message } = failure instanceof Error ? failure : { name: 'Error', message: String(failure) };
  const evalue = `the cell could not be compiled: ${message}`;
  return { error: { ename: name, evalue, traceback: [`${name}: ${evalue}`] } };
}

/** The source as it is sent with a cell: '' where it lies beside the message (CompiledCell.long). */
export function sentSource(compiled: CompiledCell, code: string): string {
  return compiled.long === undefined ? code : '';
}

/** The message that puts a cell in flight. */
export function executeMessage(
  { id }: Execution,
  { code, silent, storeHistory, allowStdin, stopOnError, place }: Options,
  number: number,
  compiled: CompiledCell,
  expressions: CellToRun['expressions'],
): CellToRun {
  const flags = { silent, storeHistory, allowStdin, stopOnError };
  const source = sentSource(compiled, code);
  return {
    type: 'execute',
    execution: id,
    count: number,
    source,
    compiled,
    expressions,
    ...flags,
    ...(place && { place }),
  };
}

/** Longer cells are not kept in the history, in UTF-16 units: writing 50 MB takes the kernel 0.2 s. */
const LONGEST_REMEMBERED_UNITS = 1_000_000;

/** Passes the cell to the history and the language service, which do their work after the reply. */
function remember(
  kernel: Kernel,
  { output }: Execution,
  count: number,
  { code, storeHistory, silent }: Options,
  declares: readonly string[] | undefined,
  ok: boolean,
): void {
  if (storeHistory && code.length <= LONGEST_REMEMBERED_UNITS)
    kernel.history.add({ line: count, source: code, output });
  if (declares !== undefined && !silent) kernel.language.cellRan({ count, source: code, declares, ok });
}

/** In UTF-16 units. Front ends send expressions that they have written themselves. */
const LONGEST_EXPRESSION_UNITS = 1_000_000;
const TOO_LONG: ErrorReport = {
  ename: 'RangeError',
  evalue: `an expression should have at most ${LONGEST_EXPRESSION_UNITS} characters. Run it as a cell.`,
  traceback: ['RangeError: the expression is too long. Run it as a cell.'],
};

/** The user_expressions of a request, each compiled as a cell. */
export async function compileExpressions(
  kernel: Kernel,
  expressions: Options['expressions'],
): Promise<Record<string, CompiledExpression>> {
  const compiled: Record<string, CompiledExpression> = {};
  for (const [key, source] of Object.entries(expressions)) {
    if (source.length > LONGEST_EXPRESSION_UNITS) {
      compiled[key] = { source: '', error: TOO_LONG };
      continue;
    }
    const compiler = await kernel.compiler();
    const result = await compiler.cell(source, `user_expressions[${JSON.stringify(key)}]`);
    compiled[key] = 'error' in result ? { source, error: result.error } : { source, compiled: withCode(result) };
  }
  return compiled;
}

/** The content of an error reply. */
export function failure(error: ErrorReport, count: number) {
  return { status: 'error', ...error, execution_count: count, payload: [], user_expressions: {} } as const;
}

/** Whether there is nothing to run. Such a cell does not count and leaves no history, as in IPython. */
export function isBlank({ code, expressions }: Options): boolean {
  return code.trim() === '' && Object.keys(expressions).length === 0;
}

/** Reads an execute_request's content; a field of the wrong type becomes the error that its reply carries. */
export function optionsOf({ content, metadata }: Message): Options | FieldError {
  try {
    const silent = field(content, 'silent', 'boolean', false);
    const expressions = field(content, 'user_expressions', 'object', {});
    for (const key of Object.keys(expressions)) field(expressions, key, 'string');
    return {
      code: field(content, 'code', 'string'),
      silent,
      storeHistory: field(content, 'store_history', 'boolean', !silent) && !silent,
      stopOnError: field(content, 'stop_on_error', 'boolean', true),
      allowStdin: field(content, 'allow_stdin', 'boolean', false),
      expressions: expressions as Readonly<Record<string, string>>,
      place: placeOf(metadata),
    };
  } catch (error) {
    if (error instanceof FieldError) return error;
    throw error;
  }
}

/** As JupyterLab says it; nothing depends on its being right but how a figure comes by its player. */
function placeOf({ cellId, deletedCells }: JsonObject): CellPlace | undefined {
  if (typeof cellId !== 'string') return undefined;
  const deleted = Array.isArray(deletedCells) ? deletedCells.filter((id) => typeof id === 'string') : [];
  return { cell: cellId, deleted };
}
