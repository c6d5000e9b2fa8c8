// How futures and tasks are written in messages: Python's repr, addresses left out.

import { Plain } from './plain-value.ts';
import { filtered, includes, isArray, isError, max, push } from './primordials.ts';
import { describeCall, quote, repr, shortRepr } from './repr.ts';
import type { PassedFrame } from './trail.ts';
import type { Frame, Settling, Wait } from './types.ts';

/** A future as messages see it. */
interface Described extends Settling {
  /** One or more. */
  readonly waiters: unknown;
}

/** A task as messages see it. */
interface DescribedTask extends Described {
  readonly coroutine: Pick<Frame, 'code' | 'line'>;
  readonly waiting: Wait | null;
  cancelling(): number;
  getName(): string;
}

/** A sleep as messages see it. */
interface Sleeping {
  readonly immediate: boolean;
  readonly over: boolean;
  readonly cancelled: boolean;
  readonly value: unknown;
}

/** Futures that are being written: tasks may await one another in a ring, or thousands deep. */
type Path = readonly object[];
const DEEP = 20;

/** @internal */
export function describeFuture(future: Described): string {
  return `<${future[Symbol.toStringTag]} ${stateOf(future)}${outcomeOf(future)}${callbacksOf(future)}>`;
}

/** What is called once it is done, the first and the last if there are many: ` cb=[one(), <2 more>, other()]`. */
function callbacksOf({ waiters }: Described): string {
  const all: readonly unknown[] = waiters === null ? [] : isArray(waiters) ? waiters : [waiters];
  const shown = filtered(all as readonly object[], (waiter) => !isHidden(waiter));
  if (shown.length === 0) return '';
  const names: string[] = [];
  for (let at = 0; at < shown.length; at++) {
    if (shown.length > 2 && at === 1) push(names, `<${shown.length - 2} more>`);
    else if (at === 0 || at === shown.length - 1) push(names, callbackOf(shown[at] as object));
  }
  return ` cb=[${names.join(', ')}]`;
}

/** A callback of the library that has no name: CPython has none in its place. */
function isHidden(waiter: object): boolean {
  return (
    'behind' in waiter && waiter.behind !== null && (waiter as unknown as { call: { name: string } }).call.name === ''
  );
}

/** The names are Python's. */
function callbackOf(waiter: object): string {
  if ('call' in waiter) return describeCall(waiter.call as { name: string }, [], false);
  return 'childDone' in waiter ? 'gather.<locals>._done_callback()' : 'Task.task_wakeup()';
}

function stateOf(future: Settling): string {
  if (!future.done()) return 'pending';
  return future.cancelled() ? 'cancelled' : 'finished';
}

function outcomeOf(future: Settling): string {
  if (!future.done() || future.cancelled()) return '';
  const failed = future.phase === 2;
  return failed ? ` exception=${repr(future.outcome)}` : ` result=${shortRepr(future.outcome)}`;
}

/** @internal `<Task pending name='Task-1' coro=<main() running at file:3> wait_for=<Future pending cb=[Task.task_wakeup()]>>`. */
export function describeTask(task: DescribedTask, path: Path = []): string {
  const state = !task.done() && task.cancelling() > 0 ? 'cancelling' : stateOf(task);
  const wait = waitOf(task, path);
  const rest = `${wait}${outcomeOf(task)}${callbacksOf(task)}`;
  return `<Task ${state} name=${quote(task.getName())} coro=<${describeCoroutine(task)}>${rest}>`;
}

/** A sleep has no future of its own, but in Python it has one, unless it only gives way. */
function describeSleep({ immediate, over, cancelled, value }: Sleeping): string {
  if (immediate) return '';
  if (!over) return ' wait_for=<Future pending cb=[Task.task_wakeup()]>';
  return cancelled ? ' wait_for=<Future cancelled>' : ` wait_for=<Future finished result=${shortRepr(value)}>`;
}

function waitOf(task: DescribedTask, path: Path): string {
  const { waiting } = task;
  if (waiting === null || waiting instanceof Plain) return '';
  if ('sleeper' in waiting) return describeSleep(waiting as unknown as Sleeping);
  if (!('coroutine' in waiting)) return ` wait_for=${describeFuture(waiting as unknown as Described)}`;
  if (waiting === (task as object) || includes(path, waiting) || path.length >= DEEP) return ' wait_for=...';
  return ` wait_for=${describeTask(waiting as unknown as DescribedTask, [...path, task])}`;
}

function describeCoroutine(task: DescribedTask): string {
  const { name, file } = task.coroutine.code;
  const place = file === undefined ? '' : ` ${file}:${task.coroutine.line || task.coroutine.code.line || 0}`;
  return `${name}() ${task.done() ? 'done' : 'running'}${place === '' ? '' : `${task.done() ? ', defined' : ''} at${place}`}`;
}

/** @internal What `Task.printStack` prints; for a task that failed, the traceback of its error. */
export function describeStack(task: DescribedTask, stack: readonly PassedFrame[], limit: number | undefined): string {
  const failed = task.phase === 2;
  const lines: string[] = [];
  if (failed) push(lines, `Traceback for ${describeTask(task)} (most recent call last):`);
  else if (stack.length === 0) push(lines, `No stack for ${describeTask(task)}`);
  else push(lines, `Stack for ${describeTask(task)} (most recent call last):`);
  const first = limit === undefined ? 0 : max(0, stack.length - limit);
  for (let at = first; at < stack.length; at++) {
    const { name, file, line } = stack[at] as PassedFrame;
    push(lines, file === undefined ? `  in ${name}` : `  File "${file}", line ${line}, in ${name}`);
  }
  if (failed) push(lines, isError(task.outcome) ? String(task.outcome.stack ?? task.outcome) : repr(task.outcome));
  return lines.join('\n');
}
