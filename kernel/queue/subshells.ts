// The cells of subshells: each subshell runs its own in order, beside the main queue and the other subshells. They are not
// numbered and not stored, for the numbers and the history are those of the notebook's cells.

import { randomId } from '#host/random-id';
import type { CellOutcome } from '../../runtime/events.ts';
import type { ExecuteReply, Message } from '../protocol.ts';
import { answer } from '../requests/exchange.ts';
import { FieldError } from '../requests/fields.ts';
import type { Exchange, Execution, Kernel, Subshells } from '../requests/kernel.ts';
import {
  compileExpressions,
  compilerFailure,
  failure,
  isBlank,
  type Options,
  optionsOf,
  sentSource,
} from './execute.ts';

interface Subshell {
  /** The requests that wait; the first one runs. */
  waiting: Message[];
}

/** The subshells of one kernel. */
export function createSubshells(kernel: () => Kernel): Subshells {
  const shells = new Map<string, Subshell>();
  let cells = 0;

  const run = async (shell: Subshell): Promise<void> => {
    for (let request = shell.waiting[0]; request !== undefined; request = shell.waiting[0]) {
      let stop = false;
      await answer(kernel(), request, async (exchange) => {
        const options = optionsOf(exchange.request);
        const content = await executed(kernel(), exchange, options, ++cells);
        stop = content.status === 'error' && !(options instanceof FieldError) && options.stopOnError;
        exchange.reply(content);
      });
      kernel().queue.sayBusy();
      shell.waiting.shift();
      if (stop) await abort(shell);
    }
  };
  const abort = async (shell: Subshell) => {
    for (const request of shell.waiting.splice(0)) {
      await answer(kernel(), request, ({ reply }) => reply({ status: 'aborted' }));
    }
  };
  return {
    create() {
      const id = randomId();
      shells.set(id, { waiting: [] });
      return id;
    },
    delete: (id) => shells.delete(id),
    has: (id) => shells.has(id),
    list: () => [...shells.keys()],
    add(id, request) {
      const shell = shells.get(id);
      if (shell === undefined) return;
      shell.waiting.push(request);
      if (shell.waiting.length === 1) void run(shell);
    },
  };
}

type Content = Exclude<ExecuteReply, { readonly status: 'aborted' }>;

/** Runs one cell; the content of its reply. Never rejects. */
async function executed(
  kernel: Kernel,
  { request, parent }: Exchange,
  options: Options | FieldError,
  number: number,
): Promise<Content> {
  const count = kernel.queue.count();
  if (options instanceof FieldError) {
    return failure({ ename: options.name, evalue: options.message, traceback: [options.message] }, count);
  }
  if (isBlank(options)) return { status: 'ok', execution_count: count, payload: [], user_expressions: {} };
  const execution = kernel.executions.create(request, parent, { ...options, count });
  if (!options.silent) kernel.publish(parent, 'execute_input', { code: options.code, execution_count: count });
  const outcome = await outcomeOf(kernel, execution, options, `Subshell cell [${number}]`);
  execution.running = false;
  kernel.input.drop(execution);
  const payload = execution.payload.splice(0);
  if (outcome.status === 'ok') {
    return { status: 'ok', execution_count: count, payload, user_expressions: outcome.expressions };
  }
  if (outcome.status === 'unrun') throw new Error('the cell did not run, because the kernel is ending');
  kernel.publish(parent, 'error', outcome.error);
  return { ...failure(outcome.error, count), payload };
}

async function outcomeOf(kernel: Kernel, { id }: Execution, options: Options, name: string): Promise<CellOutcome> {
  try {
    const compiled = await (await kernel.compiler()).cell(options.code, name);
    if ('error' in compiled) return { status: 'error', error: compiled.error };
    const expressions = await compileExpressions(kernel, options.expressions);
    const { silent } = options;
    const source = sentSource(compiled, options.code);
    return await kernel.cellProcess.beside({
      ...{ type: 'execute_beside', execution: id, name, source, compiled, silent, expressions },
    });
  } catch (error) {
    return { status: 'error', error: compilerFailure(error).error };
  }
}
