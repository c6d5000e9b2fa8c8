// Which task awaits which: the call graph of tasks, as Python 3.14's asyncio.graph and `python -m asyncio pstree` show it.

import { RuntimeError } from './engine/errors.ts';
import { Future, isTask, type Waiter } from './engine/future.ts';
import type { Loop } from './engine/loop.ts';
import { loopNow } from './engine/running.ts';
import type { Task } from './engine/task.ts';
import type { PassedFrame } from './engine/trail.ts';

/** One future or task, the coroutines it stands in, and what awaits it. */
export interface CallGraph {
  /** The task or future that this is about. */
  readonly future: Future<unknown>;
  /** Innermost first, with the line of each one's await. */
  readonly callStack: readonly PassedFrame[];
  /** The tasks that await it, and futures that were said to, each with its own graph, up to the roots. */
  readonly awaitedBy: readonly CallGraph[];
}

/** What was said to await a future, by hand. */
const said = new WeakMap<Future<unknown>, Set<Future<unknown>>>();

/**
 * Says that `waiter` awaits `future`, for call graphs: where a future is awaited in a way of your own (Python 3.14:
 * `asyncio.future_add_to_awaited_by`).
 */
export function futureAddToAwaitedBy(future: Future<unknown>, waiter: Future<unknown>): void {
  if (!(future instanceof Future) || !(waiter instanceof Future)) return;
  const waiters = said.get(future) ?? new Set();
  said.set(future, waiters.add(waiter));
}

/** Takes back what {@link futureAddToAwaitedBy} said (Python 3.14: `asyncio.future_discard_from_awaited_by`). */
export function futureDiscardFromAwaitedBy(future: Future<unknown>, waiter: Future<unknown>): void {
  said.get(future)?.delete(waiter);
}

/** @internal The tasks that await it, directly or behind a gather and the like. */
export function waitersOf(future: Future<unknown>): Future<unknown>[] {
  const seen = new Set<Future<unknown>>([future]);
  const found = new Set<Future<unknown>>();
  // A set hands out what is added to it meanwhile; by hand, a future may be said to await itself.
  for (const one of seen) {
    for (const waiter of [...awaiting(one), ...(said.get(one) ?? [])]) (isTask(waiter) ? found : seen).add(waiter);
  }
  return [...found];
}

/** What waits for it in a call graph: as above, but a future that was said to wait stands there itself. */
function shownWaitersOf(future: Future<unknown>): Future<unknown>[] {
  // A gather's own future and the like are not shown; what waits for them is.
  const waiting = awaiting(future).flatMap((one) => (isTask(one) ? [one] : shownWaitersOf(one)));
  return [...new Set([...waiting, ...(said.get(future) ?? [])])];
}

function awaiting({ waiters }: Future<unknown>): Future<unknown>[] {
  const all: readonly Waiter[] = waiters === null ? [] : Array.isArray(waiters) ? waiters : [waiters];
  return all.flatMap((waiter) => {
    const one = 'call' in waiter ? ((waiter.behind?.() ?? null) as Future<unknown> | null) : waiter;
    return one === null ? [] : [one];
  });
}

/** How much of a call graph is captured. */
export interface CallGraphOptions {
  /** So many coroutines of each stack: the innermost ones; if negative, the outermost. Default: all. */
  readonly limit?: number | null | undefined;
}

/**
 * What a task stands in and what awaits it, up to the roots (Python 3.14: `asyncio.capture_call_graph`). Without a future
 * it is the current task's; null if none runs, as in a callback. @throws RuntimeError if no loop runs.
 */
export function captureCallGraph(future: Future<unknown>, options?: CallGraphOptions): CallGraph;
export function captureCallGraph(future?: Future<unknown> | null, options?: CallGraphOptions): CallGraph | null;
export function captureCallGraph(future?: Future<unknown> | null, options: CallGraphOptions = {}): CallGraph | null {
  const of = future ?? current('capture_call_graph');
  return of === null ? null : capture(of, options.limit ?? null, new Set());
}

/** The current task, or null in a callback. `user` is Python's name of the function that asks. */
function current(user: string): Future<unknown> | null {
  const loop = loopNow();
  if (loop !== null) return loop.current;
  const message = `${user}() is called outside of a running event loop and no *future* to introspect was provided`;
  throw new RuntimeError(message);
}

function capture(future: Future<unknown>, limit: number | null, seen: ReadonlySet<Future<unknown>>): CallGraph {
  const stack = isTask(future) ? future.getStack().reverse() : [];
  const callStack = limit === null ? stack : limit >= 0 ? stack.slice(0, limit) : stack.slice(limit);
  const path = new Set([...seen, future]);
  const awaitedBy = shownWaitersOf(future)
    .filter((one) => !path.has(one))
    .map((one) => capture(one, limit, path));
  return { future, callStack, awaitedBy };
}

/** The call graph as text, in the form of Python 3.14's `format_call_graph`, addresses left out. */
export function formatCallGraph(future?: Future<unknown> | null, options: CallGraphOptions = {}): string {
  const graph = captureCallGraph(future, options);
  if (graph === null) return '';
  const lines: string[] = [];
  write(graph, '', lines);
  return lines.join('\n');
}

function write(graph: CallGraph, indent: string, lines: string[]): void {
  const { future, callStack, awaitedBy } = graph;
  lines.push(`${indent}* ${isTask(future) ? `Task(name='${future.getName()}')` : 'Future()'}`);
  if (callStack.length > 0) {
    lines.push(`${indent}  + Call stack:`);
    for (const { name, file, line } of callStack) {
      const at = file === undefined ? '' : `File '${file}', line ${line}, `;
      lines.push(`${indent}  |   ${at}in async ${name}()`);
    }
  }
  if (awaitedBy.length === 0) return;
  lines.push(`${indent}  + Awaited by:`);
  for (const one of awaitedBy) write(one, `${indent}    `, lines);
}

/** Prints the call graph of a task, by default the current one (Python 3.14: `asyncio.print_call_graph`). */
export function printCallGraph(future?: Future<unknown> | null, options: CallGraphOptions = {}): void {
  const text = formatCallGraph(future, options);
  if (text !== '') console.log(text);
}

/** Every live task of the loop as a tree: what each stands in, and below it the tasks it awaits (Python 3.14: `asyncio pstree`). */
export function pstree(loop: Loop | null = loopNow()): string {
  if (loop === null) throw new RuntimeError('no running event loop');
  const tasks = loop.tasks();
  const children = new Map<Future<unknown> | null, Task<unknown>[]>();
  for (const task of tasks) {
    const waiters = waitersOf(task);
    for (const waiter of waiters.length > 0 ? waiters : [null]) {
      const list = children.get(waiter) ?? [];
      list.push(task);
      children.set(waiter, list);
    }
  }
  const lines: string[] = [];
  for (const root of children.get(null) ?? []) branch(root, children, '', new Set(), lines);
  return lines.join('\n');
}

function branch(
  task: Task<unknown>,
  children: ReadonlyMap<Future<unknown> | null, Task<unknown>[]>,
  indent: string,
  path: ReadonlySet<unknown>,
  lines: string[],
): void {
  lines.push(`${indent}└── (T) ${task.getName()}`);
  let inner = indent;
  for (const { name, file, line } of task.getStack()) {
    inner += '    ';
    lines.push(`${inner}└──  ${name}${file === undefined ? '' : ` ${file}:${line}`}`);
  }
  if (path.has(task)) return;
  for (const child of children.get(task) ?? [])
    branch(child, children, `${inner}    `, new Set([...path, task]), lines);
}
