// How a request for cancellation goes from a task to what it awaits, and on through the tasks that await one another.
// A request is on record until it has arrived, so that recover() can bring one that was terminated half-way to its end.

import { CancelledError } from './errors.ts';
import { type Future, isTask } from './future.ts';
import type { Loop } from './loop.ts';
import { now } from './now.ts';
import { push } from './primordials.ts';
import type { Task } from './task.ts';
import { traceCancelled } from './tracing.ts';

/** Which tasks have been asked for one reason, so that a caller that is run again asks no task twice. */
export interface Receipt {
  has(task: object): boolean;
  add(task: object): unknown;
}

/** A future made of others, to which its cancellation goes on. */
export interface Parts {
  /** Asks each of them; true if one could be asked. */
  cancelParts(message: string | undefined): boolean;
  /** True if one is not done. */
  hasOpen(): boolean;
}

/** The cancellation of a future so deep within others that it waits until the stack is empty again. */
export interface Postponed {
  readonly of: Parts;
  readonly message: string | undefined;
  over: boolean;
}

/** A request on its way. */
export interface Request {
  readonly message: string | undefined;
  /** The tasks it has reached: the one asked, the one that this awaits, and so on. */
  readonly chain: Task<unknown>[];
  /** Whether what the last of them awaits has been asked to cancel. */
  delivered: boolean;
  /** The request during whose delivery this one was made, if any. */
  readonly outer: Request | null;
}

/** @internal Cancels `task`, which is not done. */
export function requestCancel(task: Task<unknown>, message: string | undefined, receipt: Receipt | null): void {
  const { loop } = task;
  const request: Request = { message, chain: [], delivered: false, outer: loop.request };
  loop.request = request;
  try {
    ask(task, request, receipt);
    carry(request);
    forget(loop, request);
  } catch (error) {
    now.struck = true;
    throw error;
  }
}

/** Asks one task. Counted, receipted and recorded in one stretch without a call: it has happened wholly or not at all. */
function ask(task: Task<unknown>, request: Request, receipt: Receipt | null): void {
  const { chain } = request;
  const rare = task.rareState();
  rare.asked = true;
  rare.cancels++;
  receipt?.add(task);
  chain[chain.length] = task;
  if (task.loop.trace !== undefined) traceCancelled(task.loop, task, request.message);
  rare.aborter?.abort(new CancelledError(request.message ?? ''));
}

/** Along the tasks that await one another, without recursion: they may be thousands, or a ring. */
function carry(request: Request): void {
  const { chain, message } = request;
  for (;;) {
    const last = chain[chain.length - 1] as Task<unknown>;
    const { waiting } = last;
    if (waiting === null || !isTask(waiting) || waiting.done()) {
      if (waiting?.cancelWait(message) !== true) mark(last, message);
      break;
    }
    if (waiting.rareState().asked) {
      leaveRing(last, message);
      break;
    }
    ask(waiting, request, null);
  }
  request.delivered = true;
}

/** Where CPython ends with a RecursionError, with a thousand frames. */
const DEEPEST = 250;

/** @internal Cancels what a gather is made of: gathers of gathers, and of tasks that await gathers, may be thousands deep. */
export function cancelNested(loop: Loop, of: Parts, message: string | undefined): boolean {
  if (loop.cancelDepth >= DEEPEST) {
    push(loop.postponed, { of, message, over: false });
    return of.hasOpen();
  }
  loop.cancelDepth++;
  try {
    const any = of.cancelParts(message);
    if (loop.cancelDepth === 1) cancelPostponed(loop);
    return any;
  } finally {
    loop.cancelDepth--;
  }
}

/** In the order of their postponement; each may postpone others. */
function cancelPostponed({ postponed }: Loop): void {
  for (let at = 0; at < postponed.length; at++) {
    const one = postponed[at] as Postponed;
    if (one.over) continue;
    one.of.cancelParts(one.message);
    // One stretch without a call since it happened.
    one.over = true;
  }
  postponed.length = 0;
}

/** What it awaits cannot be cancelled any more: it gets the error at its next step. */
function mark(task: Task<unknown>, message: string | undefined): void {
  task.mustCancel = true;
  task.cancelMessage = message;
}

/** The tasks await one another in a ring, so none of them can wake the next: this one is woken first. */
function leaveRing(task: Task<unknown>, message: string | undefined): void {
  const waiting = task.waiting as Future<unknown>;
  waiting.removeWaiters((waiter) => waiter === task);
  task.waiting = null;
  mark(task, message);
  if (!task.scheduled) task.loop.enqueue(task);
}

function forget(loop: Loop, request: Request): void {
  const { chain } = request;
  for (let at = 0; at < chain.length; at++) (chain[at] as Task<unknown>).rareState().asked = false;
  loop.request = request.outer;
}

/** @internal After a termination: brings each request that reached a task to its end, the innermost first. */
export function finishRequests(loop: Loop): void {
  // Stands for the depth that is gone with the stack.
  loop.cancelDepth = 1;
  for (let { request } = loop; request !== null; { request } = loop) {
    const last = request.chain[request.chain.length - 1];
    if (last !== undefined) {
      const aborter = last.rareState().aborter;
      // In a pass of the loop, because the program's own code may listen to the signal.
      if (aborter?.signal.aborted === false) loop.ownSoon(() => aborter.abort(new CancelledError(request?.message)));
      if (!request.delivered) carry(request);
    }
    forget(loop, request);
  }
  cancelPostponed(loop);
  loop.cancelDepth = 0;
}
