// A coroutine at work in a loop: steps it, suspends it, cancels it. The rules are those of asyncio's Task.__step.

import { type Receipt, requestCancel } from './cancelling.ts';
import { Context } from './context.ts';
import { Coroutine } from './coroutine.ts';
import { warnSwallowed } from './debug.ts';
import { describeStack, describeTask } from './describe.ts';
import { startNow } from './eager.ts';
import { addNote, CancelledError, RuntimeError } from './errors.ts';
import { Future, foreignLoop, phases } from './future.ts';
import type { Loop } from './loop.ts';
import { mendShared } from './mend.ts';
import { now, PENDING } from './now.ts';
import { Perhaps, Plain } from './plain-value.ts';
import { push, reverse } from './primordials.ts';
import { repr } from './repr.ts';
import { resume, resumeDeferred } from './resume.ts';
import type { Run } from './run-group.ts';
import { loopNow, running } from './running.ts';
import { Sleep } from './sleep.ts';
import { abandon, discard, take } from './stack.ts';
import type { LevelScope, RareState, TaskOptions } from './task-options.ts';
import { traceCreated, traceEnded, traceRunning, traceSuspended } from './tracing.ts';
import type { PassedFrame } from './trail.ts';
import type { Driver, Frame, Scope, Wait } from './types.ts';

const NO_ERROR: unique symbol = Symbol('no error');

/** A coroutine that the loop runs beside the others (Python: `asyncio.Task`). Made by `createTask`. */
export class Task<T> extends Future<T> implements Driver, Scope {
  /** @internal */ readonly coroutine: Coroutine<T>;
  /** A number of its own in its loop. */
  readonly id: number;
  /** @internal */ top: Frame | null = null;
  /** @internal */ waiting: Wait | null = null;
  /** @internal In the ready queue. */ scheduled = false;
  /** @internal */ begun = false;
  /** @internal */ mustCancel = false;
  /** @internal */ variables: Scope['variables'];
  /** @internal */ readonly owner: unknown;
  /** @internal */ readonly group: Run | null;
  /** @internal The list of the loop's live tasks. */ previous: Task<unknown> | null = null;
  /** @internal */ next: Task<unknown> | null = null;
  /** @internal */ rare: RareState | null = null;

  /** @internal */
  constructor(coroutine: Coroutine<T>, options: TaskOptions = {}, of: Loop | null = null) {
    super(of ?? loopFor(options));
    if (!(coroutine instanceof Coroutine)) throw notACoroutine(coroutine);
    const { loop } = this;
    this.coroutine = coroutine;
    this.id = ++loop.taskCount;
    if (options.name !== undefined) this.label = options.name;
    this.variables = now.scope.variables;
    this.owner = options.owner === undefined ? loop.currentOwner() : options.owner;
    this.group = options.group !== undefined ? options.group : loop.currentRun();
    if (options.context !== undefined) this.rareState().scope = options.context;
    if (options.joins !== undefined) this.waiters = options.joins.callback(this);
    take(coroutine);
    // So that a gather that gets the same coroutine twice finds its task.
    coroutine.driver ??= this;
    try {
      loop.live.add(this, options.joins?.members ?? null);
      if (loop.trace !== undefined) traceCreated(loop, this);
      // Kept small: V8 compiles it into the loops that make many tasks.
      if (options.eagerStart === true && running.loop === loop) startEagerly(this, loop);
      else loop.enqueue(this);
    } catch (error) {
      now.struck = true;
      throw error;
    }
  }

  /** @internal */
  get task(): Task<unknown> {
    return this;
  }

  override get [Symbol.toStringTag](): string {
    return 'Task';
  }

  /** @internal */
  rareState(): RareState {
    this.rare ??= {
      cancels: 0,
      asked: false,
      interruption: NO_ERROR,
      aborter: null,
      cancelScope: null,
      scope: null,
      killed: false,
    };
    return this.rare;
  }

  /** @internal The innermost level-triggered scope. */
  get cancelScope(): LevelScope | null {
    return this.rare?.cancelScope ?? null;
  }

  set cancelScope(scope: LevelScope | null) {
    this.rareState().cancelScope = scope;
  }

  /** The name it was given, else `Task-1`, `Task-2`, …. */
  getName(): string {
    return this.label ?? `Task-${this.id}`;
  }

  /** Names it, for messages and pictures. */
  setName(name: unknown): void {
    this.label = String(name);
  }

  /** The coroutine it runs. */
  getCoro(): Coroutine<T> {
    return this.coroutine;
  }

  /** The context that it runs with. */
  getContext(): Context {
    const rare = this.rareState();
    if (rare.scope instanceof Context) return rare.scope;
    const context = new Context();
    context.variables = this.variables;
    rare.scope = context;
    if (now.scope === this) now.scope = context;
    return context;
  }

  /**
   * Prints where it is, or where what it failed with was thrown, by `file.write`, else by console.log. `limit`: so many
   * coroutines, the innermost.
   */
  printStack({
    limit,
    file,
  }: {
    readonly limit?: number;
    readonly file?: { write(text: string): unknown };
  } = {}): void {
    const text = describeStack(this, this.getStack(), limit);
    if (file === undefined) console.log(text);
    else file.write(`${text}\n`);
  }

  /** Where it is, outermost coroutine first, with the line of each one's await. The library's own are left out. */
  getStack(): PassedFrame[] {
    const frames: PassedFrame[] = [];
    if (this.top === null && !this.done()) push(frames, place(this.coroutine));
    for (let frame = this.top; frame !== null; frame = frame.caller) {
      if (frame.code.internal !== true) push(frames, place(frame));
    }
    return reverse(frames);
  }

  /** How many cancellations were asked for and not undone by `uncancel`. */
  cancelling(): number {
    return this.rare?.cancels ?? 0;
  }

  /** Undoes one request, and gives how many are left; with the last, one that was not thrown yet is taken back (3.13). */
  uncancel(): number {
    const { rare } = this;
    if (rare === null) return 0;
    if (rare.cancels > 0 && --rare.cancels === 0) this.mustCancel = false;
    // The cancellation has been dealt with (by a timeout, say): from here on `signal()` gives a new signal.
    if (rare.cancels === 0 && rare.aborter?.signal.aborted === true) rare.aborter = null;
    return rare.cancels;
  }

  /** Asks for a CancelledError at the await where the task is suspended, or at its next one; false if it is done. */
  override cancel(message?: string): boolean {
    this.retrieved();
    if (this.done()) return false;
    requestCancel(this, message, null);
    return true;
  }

  /** @internal As {@link cancel}, but only once for the same receipt: the caller may be terminated and run again. */
  cancelFor(receipt: Receipt, message?: string): void {
    if (this.done() || receipt.has(this)) return;
    this.retrieved();
    requestCancel(this, message, receipt);
  }

  /**
   * Throws exactly `error` at the await where the task is suspended (or at its next one). What it awaits is cancelled
   * as `cancel` would do it, but is not waited for. Python has no counterpart: its KeyboardInterrupt ends the loop.
   */
  interrupt(error: unknown): boolean {
    if (this.done()) return false;
    const rare = this.rareState();
    rare.interruption = error;
    rare.aborter?.abort(error);
    const waiting = this.waiting;
    if (waiting !== null) {
      if (waiting instanceof Future) abandonWait(waiting, this);
      waiting.cancelWait(undefined);
      if (!this.scheduled && this.loop.current !== (this as unknown)) this.loop.enqueue(this);
    }
    return true;
  }

  /**
   * @internal Throws CancelledError at the await, without counting as a request: a cancelled scope does so each time.
   * The receipt is as that of {@link cancelFor}.
   */
  deliver(receipt: Receipt): void {
    const { waiting } = this;
    if (this.done() || this.mustCancel || (waiting !== null && receipt.has(waiting))) return;
    if (waiting instanceof Task && !waiting.done()) {
      waiting.cancelFor(receipt);
      return;
    }
    if (waiting?.cancelWait(undefined) === true) {
      receipt.add(waiting);
      return;
    }
    this.cancelMessage = undefined;
    this.mustCancel = true;
  }

  /**
   * An AbortSignal that aborts when the task is cancelled, for native code such as `fetch`. Ask for it where it is used:
   * after `uncancel` there is a new one.
   */
  signal(): AbortSignal {
    const rare = this.rareState();
    rare.aborter ??= new AbortController();
    if (this.mustCancel || this.cancelled()) rare.aborter.abort(new CancelledError(this.cancelMessage ?? ''));
    return rare.aborter.signal;
  }

  override setResult(): never {
    throw new RuntimeError('Task does not support set_result operation');
  }

  override setException(): never {
    throw new RuntimeError('Task does not support set_exception operation');
  }

  /** @internal One step; called by the loop with this task taken from the ready queue. */
  run(loop: Loop): void {
    this.scheduled = false;
    if (this.phase !== phases.OPEN) return;
    const { waiting } = this;
    const plain = waiting instanceof Plain;
    if (plain && waiting instanceof Perhaps && this.goesToWait(loop, waiting)) return;
    if (loop.owner !== this.owner) loop.changeOwner(this.owner);
    loop.current = this;
    now.scope = this.rare?.scope ?? this;
    now.driver = this;
    if (loop.trace !== undefined && !plain) traceRunning(loop, this);
    let outcome: unknown;
    try {
      outcome = this.advance();
    } catch (error) {
      this.depart(loop);
      this.fail(error);
      return;
    }
    this.depart(loop);
    if (outcome === PENDING) this.suspend(loop);
    else this.succeed(outcome as T);
  }

  /** Microtasks have run: true if what it awaits is not settled, so that now other tasks run. */
  private goesToWait(loop: Loop, perhaps: Perhaps): boolean {
    const resolved = perhaps.resolved();
    this.waiting = resolved;
    if (resolved instanceof Plain) return false;
    this.suspend(loop);
    return true;
  }

  private depart(loop: Loop): void {
    loop.current = null;
    now.driver = null;
    now.depth = 0;
  }

  private advance(): unknown {
    const waited = this.waiting;
    this.waiting = null;
    let value: unknown;
    let thrown = false;
    if (waited instanceof Sleep) {
      thrown = waited.leave();
      value = thrown ? waited.makeCancelledError() : waited.value;
    } else if (waited !== null) {
      const future = waited as Future<unknown>;
      this.loop.wait = future;
      if (future.phase === phases.RESULT) value = future.outcome;
      else if (future.phase !== phases.OPEN) {
        thrown = true;
        value = future.failure();
      }
    }
    if (this.mustCancel && !(waited instanceof Plain)) {
      if (!(thrown && value instanceof CancelledError)) value = this.makeCancelledError();
      thrown = true;
      this.mustCancel = false;
    }
    if (this.rare !== null && this.rare.interruption !== NO_ERROR) {
      value = this.rare.interruption;
      thrown = true;
      this.rare.interruption = NO_ERROR;
    }
    if (this.begun) return resume(this, value, thrown, null);
    return this.first(value, thrown);
  }

  private first(value: unknown, thrown: boolean): unknown {
    this.begun = true;
    const coroutine = this.coroutine;
    if (thrown) {
      discard(coroutine);
      throw value;
    }
    const outcome = coroutine.begin(this);
    return outcome === PENDING && now.deferred ? resumeDeferred(this) : outcome;
  }

  private suspend(loop: Loop): void {
    const waiting = this.waiting;
    if (waiting instanceof Plain) {
      this.scheduled = true;
      loop.hop(this);
      return;
    }
    if (loop.trace !== undefined) traceSuspended(loop, this, waiting);
    if (waiting === null || waiting instanceof Sleep) {
      if (waiting === null || waiting.immediate) loop.enqueue(this);
    } else {
      const future = waiting as Future<unknown>;
      const bad = this.refuse(loop, future);
      if (bad !== null) {
        this.waiting = null;
        this.rareState().interruption = bad;
        loop.enqueue(this);
        return;
      }
      if (future.phase === phases.OPEN) future.addWaiter(this);
      else loop.enqueue(this);
    }
    const { rare } = this;
    if (rare === null) return;
    if (rare.interruption !== NO_ERROR) this.interrupt(rare.interruption);
    else if (this.mustCancel || rare.cancelScope?.effective() === true) {
      this.mustCancel = waiting?.cancelWait(this.cancelMessage) !== true;
    }
  }

  private refuse(loop: Loop, future: Future<unknown>): Error | null {
    if (future === (this as unknown)) return new RuntimeError(`Task cannot await on itself: ${this}`);
    if (future.loop !== loop) return foreignLoop(this, future);
    return null;
  }

  private succeed(value: T): void {
    if (this.mustCancel) {
      this.mustCancel = false;
      this.end(phases.CANCELLED);
      return;
    }
    if (this.cancelling() > 0 && this.loop.getDebug()) warnSwallowed(this);
    this.outcome = value;
    this.end(phases.RESULT);
  }

  /** @internal */
  fail(error: unknown): void {
    this.outcome = error;
    if (error instanceof CancelledError) {
      // The first awaiter gets the error itself; later ones get one without a message, as in CPython.
      this.cancelMessage = undefined;
      this.end(phases.CANCELLED);
      return;
    }
    this.watchFailure();
    this.end(phases.EXCEPTION);
  }

  private end(phase: number): void {
    this.loop.live.delete(this);
    if (this.loop.trace !== undefined) traceEnded(this.loop, this, phase);
    this.finish(phase);
  }

  /**
   * @internal Fails the task without running any more of its code, because its step was terminated. `wait` is what it
   * waits for, or was resumed from.
   */
  kill(error: unknown, wait: Wait | null = this.waiting): void {
    this.rareState().killed = true;
    discard(this.coroutine);
    abandon(this);
    this.mustCancel = false;
    if (this.phase === phases.OPEN) this.fail(error);
    mendShared(this.loop, wait);
  }

  /** @internal */
  override waitName(): string {
    return `task ${this.getName()}`;
  }

  override toString(): string {
    return describeTask(this);
  }
}

function notACoroutine(value: unknown): Error {
  const error = new TypeError(`a coroutine was expected, got ${repr(value)}`);
  if (typeof value !== 'function') return error;
  return addNote(error, `Did you forget to call it: createTask(${value.name || 'f'}())?`);
}

function loopFor(options: TaskOptions): Loop {
  const loop = options.loop ?? loopNow();
  if (loop === null) throw new RuntimeError('no running event loop');
  return loop;
}

function startEagerly(task: Task<unknown>, loop: Loop): void {
  startNow(task, loop);
  if (loop.current !== null && loop.trace !== undefined) traceRunning(loop, loop.current);
}

/** Nobody waits for it any more, so nobody needs to hear that it was cancelled; a task's own error is still reported. */
function abandonWait(future: Future<unknown>, task: Task<unknown>): void {
  future.removeWaiters((waiter) => waiter === task);
  if (!(future instanceof Task)) future.whenDone((done) => done.retrieved());
}

function place(frame: Frame): PassedFrame {
  return { name: frame.code.name, file: frame.code.file, line: frame.line || frame.code.line || 0 };
}
