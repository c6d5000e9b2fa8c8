// How futures and tasks are written in messages: Python's repr, addresses left out.

import { quote, repr } from './repr.ts';
import type { Frame, Settling } from './types.ts';

/** A task as messages see it. */
interface DescribedTask extends Settling {
  readonly coroutine: Pick<Frame, 'code' | 'line'>;
  cancelling(): number;
  getName(): string;
}

/** @internal */
export function describeFuture(future: Settling): string {
  return `<${future[Symbol.toStringTag]} ${stateOf(future)}${outcomeOf(future)}>`;
}

function stateOf(future: Settling): string {
  if (!future.done()) return 'pending';
  return future.cancelled() ? 'cancelled' : 'finished';
}

function outcomeOf(future: Settling): string {
  if (!future.done() || future.cancelled()) return '';
  const failed = future.phase === 2;
  return failed ? ` exception=${repr(future.outcome)}` : ` result=${repr(future.outcome)}`;
}

/** @internal `<Task pending name='Task-1' coro=<main() running at file:3>>`. */
export function describeTask(task: DescribedTask): string {
  const state = !task.done() && task.cancelling() > 0 ? 'cancelling' : stateOf(task);
  return `<Task ${state} name=${quote(task.getName())} coro=<${describeCoroutine(task)}>${outcomeOf(task)}>`;
}

function describeCoroutine(task: DescribedTask): string {
  const { name, file } = task.coroutine.code;
  const place = file === undefined ? '' : ` ${file}:${task.coroutine.line || task.coroutine.code.line || 0}`;
  return `${name}() ${task.done() ? 'done' : 'running'}${place === '' ? '' : `${task.done() ? ', defined' : ''} at${place}`}`;
}
