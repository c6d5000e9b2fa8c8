// execute: one cell, from its request's fields to the content of its reply. Its turn in the queue is in queue.ts, what
// its output becomes in kernel/requests/cell-events.ts.

import type { CompiledCell, CompiledExpression, ErrorReport } from '../../runtime/events.ts';
import type { GivenCell, HandedCell } from '../process/host.ts';
import type { ExecuteReply, Message } from '../protocol.ts';
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
}

/** A cell for the cell process, or why it does not compile. */
export type Compiled = Awaited<ReturnType<Compiler['cell']>>;

/** A cell whose turn has come. */
export interface Turn {
  readonly execution: Execution;
  readonly options: Options;
  /** What it would be stored under; where it is not, its result and reply carry the last stored one, as ipykernel's do. */
  readonly number: number;
  readonly compiling: Promise<Compiled>;
  readonly check: Check | undefined;
  /** Where the cell process has it already. */
  readonly handed: HandedCell | undefined;
  /** Makes another execution for a cell that was handed over and given back. */
  again(): Execution;
  /** Called when the cell process has it. */
  begun(): void;
}

/** compile → evaluate → reply, of one cell. */
export async function run(kernel: Kernel, turn: Turn): Promise<Exclude<ExecuteReply, { readonly status: 'aborted' }>> {
  const { options, number, check } = turn;
  let { execution } = turn;
  const { count } = execution;
  const interrupts = kernel.interrupts;
  const begun = () => {
    turn.begun();
    check?.begun();
  };
  if (!options.silent) {
    kernel.publish(execution.parent, 'execute_input', { code: options.code, execution_count: number });
    for (const text of kernel.warnings.splice(0)) kernel.publish(execution.parent, 'stream', { name: 'stderr', text });
  }
  const compiled = await turn.compiling.catch(compilerFailure);
  const handed = turn.handed?.turn();
  if (handed) begun();
  let outcome = await handed;
  let error: ErrorReport | undefined;
  if ('error' in compiled) error = compiled.error;
  else if (outcome === undefined || outcome.status === 'unrun') {
    if (outcome) {
      execution.running = false;
      execution = turn.again();
    }
    const expressions = await compileExpressions(kernel, options.expressions);
    error = await check?.refusal();
    if (error === undefined && kernel.interrupts !== interrupts) error = INTERRUPTED;
    if (error === undefined) {
      const ending = kernel.host.handOver(given(execution, options, number, compiled, expressions)).turn();
      begun();
      outcome = await ending;
    }
  }
  let declares: readonly string[] | undefined;
  let results = {};
  if (error !== undefined || 'error' in compiled) check?.drop();
  else {
    // Unrun twice: the kernel is ending.
    if (outcome?.status === 'ok') results = outcome.expressions;
    else error = outcome?.status === 'error' ? outcome.error : INTERRUPTED;
    declares = compiled.declares;
    check?.ran(error);
  }
  execution.running = false;
  kernel.input.drop(execution);
  if (error) kernel.publish(execution.parent, 'error', error);
  remember(kernel, execution, number, options, declares, error === undefined);
  const payload = execution.payload;
  execution.payload = [];
  if (error) return { ...failure(error, count), payload };
  return { status: 'ok', execution_count: count, payload, user_expressions: results };
}

const INTERRUPTED: ErrorReport = {
  ename: 'KeyboardInterrupt',
  evalue: 'interrupted before the cell began',
  traceback: ['KeyboardInterrupt: interrupted before the cell began'],
};

/** The compiler itself failed, not the source: the cell says so. */
function compilerFailure(failure: unknown): { readonly error: ErrorReport } {
  const { name, message } = failure instanceof Error ? failure : { name: 'Error', message: String(failure) };
  const evalue = `the cell could not be compiled: ${message}`;
  return { error: { ename: name, evalue, traceback: [`${name}: ${evalue}`] } };
}

/** A cell as the cell process gets it. */
export function given(
  { id }: Execution,
  { code, silent, storeHistory, allowStdin, stopOnError }: Options,
  number: number,
  compiled: CompiledCell,
  expressions: GivenCell['expressions'],
): GivenCell {
  const asked = { silent, storeHistory, allowStdin, stopOnError };
  return { type: 'execute', execution: id, count: number, source: code, compiled, expressions, ...asked };
}

/** For history and for the language service; both do their work after the reply. */
function remember(
  kernel: Kernel,
  { output }: Execution,
  count: number,
  { code, storeHistory, silent }: Options,
  declares: readonly string[] | undefined,
  ok: boolean,
): void {
  if (storeHistory) kernel.history.add({ line: count, source: code, output });
  if (declares !== undefined && !silent) kernel.language.cellRan({ count, source: code, declares, ok });
}

async function compileExpressions(
  kernel: Kernel,
  expressions: Options['expressions'],
): Promise<Record<string, CompiledExpression>> {
  const compiled: Record<string, CompiledExpression> = {};
  for (const [key, source] of Object.entries(expressions)) {
    const compiler = await kernel.compiler();
    const result = await compiler.cell(source, `user_expressions[${JSON.stringify(key)}]`);
    compiled[key] = 'error' in result ? { source, error: result.error } : { source, compiled: result };
  }
  return compiled;
}

export function failure(error: ErrorReport, count: number) {
  return { status: 'error', ...error, execution_count: count, payload: [], user_expressions: {} } as const;
}

/** Nothing to run: it does not count and leaves no history, as in IPython. */
export function isBlank({ code, expressions }: Options): boolean {
  return code.trim() === '' && Object.keys(expressions).length === 0;
}

export function optionsOf({ content }: Message): Options | FieldError {
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
    };
  } catch (error) {
    if (error instanceof FieldError) return error;
    throw error;
  }
}
