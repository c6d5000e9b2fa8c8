// Writes the records of trace-records.ts. Called only where a trace is on, so nothing here is on the fast path.

import { callSite } from './call-site.ts';
import { type Future, isTask } from './future.ts';
import type { Loop } from './loop.ts';
import type { Task } from './task.ts';
import type { TraceCause, TracePlace } from './trace-records.ts';
import type { Frame, Wait } from './types.ts';

/** Called with every loop that is made, so that a whole program can be traced. */
export const newLoops: { trace: ((loop: Loop) => void) | null } = { trace: null };

/** At most this many callers are recorded of a deep chain of awaits. */
const MOST_CALLERS = 8;

/** At most this many tasks are recorded of a large gather. */
const MOST_AMONG = 100;

/** A coroutine's number in its loop, given when it is first asked for. */
export function serialOf(loop: Loop, coroutine: Frame): number {
  if (coroutine.serial === 0) coroutine.serial = ++loop.coroutineCount;
  return coroutine.serial;
}

function placeOf(loop: Loop, coroutine: Frame): TracePlace {
  const { name, file, line } = coroutine.code;
  return { coroutine: serialOf(loop, coroutine), name, file, line: coroutine.line || line };
}

/** The coroutines of the person's own code that the task stands in: the innermost, and those that await it. */
function standing(loop: Loop, task: Task<unknown>): { place: TracePlace | null; callers?: readonly TracePlace[] } {
  let place: TracePlace | null = null;
  let callers: TracePlace[] | undefined;
  for (let frame = task.top; frame !== null; frame = frame.caller) {
    if (frame.code.internal === true) continue;
    if (place === null) place = placeOf(loop, frame);
    else {
      callers ??= [];
      callers.push(placeOf(loop, frame));
      if (callers.length === MOST_CALLERS) break;
    }
  }
  return callers === undefined ? { place } : { place, callers };
}

const shared = new WeakMap<object, number>();

/** The number of the lock, queue or such that is waited for; undefined if it is none. */
function sharedOf(loop: Loop, wait: Wait): number | undefined {
  const { of } = wait as { readonly of?: object };
  if (of === undefined) return undefined;
  let number = shared.get(of);
  if (number === undefined) {
    number = ++loop.sharedCount;
    shared.set(of, number);
  }
  return number;
}

const TIMER: TraceCause = { kind: 'timer' };
const CALLBACK: TraceCause = { kind: 'callback' };
const OUTSIDE: TraceCause = { kind: 'outside' };

function cause(loop: Loop): TraceCause {
  if (loop.current !== null) return { kind: 'task', task: loop.current.id };
  const running = loop.running;
  if (running === null) return OUTSIDE;
  // A sleep, or what callLater and callAt set: timeouts wake by these.
  if ('sleeper' in running || 'due' in running) return TIMER;
  // One child of a gather is done, the last or a failed one.
  if ('gatherer' in running) return ofFuture((running as unknown as { readonly child: Future<unknown> }).child);
  if ('future' in running && running.future !== undefined) return ofFuture(running.future);
  // A task that has just ended wakes those that await it.
  if (isTask(running)) return { kind: 'task', task: running.id };
  return CALLBACK;
}

function ofFuture(future: object): TraceCause {
  return isTask(future) ? { kind: 'task', task: future.id } : CALLBACK;
}

/** The task waited for, or the one that holds what is waited for. */
function awaited(wait: Wait | null): number | null {
  if (wait === null) return null;
  if (isTask(wait)) return wait.id;
  return (wait as { readonly holder?: Task<unknown> | null }).holder?.id ?? null;
}

/** The futures that a future is made of: in a field that only traces read. */
function partsOf(wait: Wait): Iterable<Future<unknown>> | undefined {
  return (wait as { readonly children?: Iterable<Future<unknown>> }).children;
}

/** The tasks that a gather, a group, a `wait` or a `waitFor` waits for, also through another of these. */
function among(parts: Iterable<Future<unknown>>): readonly number[] {
  const left = new Set<number>();
  const open = [parts[Symbol.iterator]()];
  for (let top = open.at(-1); top !== undefined && left.size < MOST_AMONG; top = open.at(-1)) {
    const { done, value } = top.next();
    if (done === true) open.pop();
    else if (!value.done()) {
      if (isTask(value)) left.add(value.id);
      else {
        const inner = partsOf(value);
        if (inner !== undefined && open.length < MOST_AMONG) open.push(inner[Symbol.iterator]());
      }
    }
  }
  return [...left];
}

// Each record is one literal of one shape, without spreads: with a trace on there are five of them a task.

export function traceCreated(loop: Loop, task: Task<unknown>): void {
  loop.trace?.({
    type: 'created',
    task: task.id,
    time: loop.time(),
    iteration: loop.passCount,
    name: task.getName(),
    parent: loop.current?.id ?? null,
    owner: task.owner,
    place: placeOf(loop, task.coroutine),
  });
}

export function traceScheduled(loop: Loop, task: Task<unknown>): void {
  const { passCount: iteration } = loop;
  loop.trace?.({ type: 'scheduled', task: task.id, time: loop.time(), iteration, by: cause(loop) });
}

export function traceRunning(loop: Loop, task: Task<unknown>): void {
  loop.trace?.({ type: 'running', task: task.id, time: loop.time(), iteration: loop.passCount });
}

export function traceSuspended(loop: Loop, task: Task<unknown>, wait: Wait | null): void {
  const { place, callers } = standing(loop, task);
  // A sleep belongs to one task, and most waits are sleeps: there is nothing else to record.
  const alone = wait === null || 'sleeper' in wait;
  const parts = alone ? undefined : partsOf(wait);
  const number = alone ? undefined : sharedOf(loop, wait);
  const base = {
    type: 'suspended',
    task: task.id,
    time: loop.time(),
    iteration: loop.passCount,
    on: wait === null ? 'sleep(0)' : wait.waitName(),
    waitsFor: alone ? null : awaited(wait),
    place,
  } as const;
  // Properties without a value are left out, as in JSON: records have few shapes and stay small.
  if (callers === undefined && parts === undefined && number === undefined) loop.trace?.(base);
  else {
    loop.trace?.({
      ...base,
      ...(callers === undefined ? undefined : { callers }),
      ...(parts === undefined ? undefined : { among: among(parts) }),
      ...(number === undefined ? undefined : { shared: number }),
    });
  }
}

let asker: string | undefined;

/** Runs `cancel` as requested by the library's `name`: no line of the person's code calls it. */
export function askedBy<T>(name: string, cancel: () => T): T {
  const before = asker;
  asker = name;
  try {
    return cancel();
  } finally {
    asker = before;
  }
}

/** After a termination, which skips the end of {@link askedBy}. */
export function forgetAsker(): void {
  asker = undefined;
}

export function traceCancelled(loop: Loop, task: Task<unknown>, message: string | undefined): void {
  const base = { type: 'cancelled', task: task.id, time: loop.time(), iteration: loop.passCount } as const;
  const by = cause(loop);
  if (asker !== undefined) {
    loop.trace?.({ ...base, by, message, through: asker, place: null });
    return;
  }
  const siteOf = callSite();
  // It gets its number now; later, the numbers would depend on when somebody looks.
  const coroutine = (loop.current !== null && standing(loop, loop.current).place?.coroutine) || 0;
  loop.trace?.({
    ...base,
    by,
    message,
    get place() {
      const site = siteOf();
      return site && { coroutine, ...site };
    },
  });
}

export function traceEnded(loop: Loop, task: Task<unknown>, phase: number): void {
  const { passCount: iteration } = loop;
  const time = loop.time();
  if (phase === 2) loop.trace?.({ type: 'failed', task: task.id, time, iteration, error: task.outcome });
  else loop.trace?.({ type: 'done', task: task.id, time, iteration, outcome: phase === 3 ? 'cancelled' : 'result' });
}
