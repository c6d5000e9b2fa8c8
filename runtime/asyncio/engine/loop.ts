// The event loop: what it holds, and what programs, its host and the engine ask of it. Its callbacks are in
// loop-callbacks.ts, a pass over the ready queue is in passes.ts, how turns fit into Node's own loop in turns.ts, and what a
// task does in task.ts.

import { AfterPass } from './after-pass.ts';
import { callable } from './callback-arguments.ts';
import type { Postponed, Request } from './cancelling.ts';
import { clockOf } from './clock.ts';
import type { Coroutine } from './coroutine.ts';
import { addNote, RuntimeError, ValueError } from './errors.ts';
import { tellFailures } from './failures.ts';
import { Future, type Waiter } from './future.ts';
import type { Caused, TimerHandle } from './handle.ts';
import { LiveTasks } from './live-tasks.ts';
import { Callbacks } from './loop-callbacks.ts';
import type { ExceptionContext, ExceptionHandler, Foreign, Held, LoopOptions, Runnable } from './loop-options.ts';
import { now } from './now.ts';
import { outside } from './outside.ts';
import { Passes } from './passes.ts';
import { apply, isNotANumber, itemsOf, mapped, max, milliseconds, SafeSet } from './primordials.ts';
import { Ready } from './ready.ts';
import { recover, renew, repair, type Victim } from './recover.ts';
import { describeCall, repr } from './repr.ts';
import type { Run } from './run-group.ts';
import { running } from './running.ts';
import { shutdown } from './shutdown.ts';
import type { Sleep } from './sleep.ts';
import { Task } from './task.ts';
import type { TaskFactory, TaskOptions } from './task-options.ts';
import { Timers } from './timers.ts';
import type { TraceSink } from './trace-records.ts';
import { newLoops, traceScheduled } from './tracing.ts';
import { Turns } from './turns.ts';
import type { Scope, Wait } from './types.ts';
import { inTurn, sweep, warnings } from './unawaited.ts';

const NOBODY: unique symbol = Symbol('nobody');

/**
 * Runs coroutines, callbacks and timers in one thread (Python: the asyncio event loop). It runs by itself while it has
 * something to do, so there is no `run_forever`; a virtual clock moves only while somebody holds the loop, as `run` does.
 */
export class Loop extends Callbacks {
  /** Takes a record of every step; undefined: none is made. */
  trace: TraceSink | undefined = undefined;
  /** @internal The task whose step runs. */ current: Task<unknown> | null = null;
  /** @internal What was taken from the ready queue last, while it runs. */ running: Runnable | null = null;
  /** @internal The future whose waiters are being woken. */ completing: Future<unknown> | null = null;
  /** @internal The one of its waiters that is being woken. */ waking: Waiter | null = null;
  /**
   * @internal The wait that the running task was last resumed from, or last began. After a termination the task may still
   * be in its line; recover() sees to that.
   */
  wait: Wait | null = null;
  /** @internal Blocks that an AbortSignal may end. */ readonly signals = new SafeSet<{ hear(): void }>();
  /** @internal A cancellation on its way. */ request: Request | null = null;
  /** @internal How many cancellations of gathers are within one another. */ cancelDepth = 0;
  /** @internal Those that were too many, which follow. */ readonly postponed: Postponed[] = [];
  /** @internal Futures that did not wake all that wait, the stack being full, each with the waiter it was at. */
  readonly halfway: (Future<unknown> | Waiter | null)[] = [];
  /** @internal Eager tasks whose first step did not come to its end, each with the error. */
  readonly stranded: unknown[] = [];
  /** @internal The library's own work that was terminated last, and is done again. */ retried: Runnable | null = null;
  /** @internal The timer on its way into the ready queue. */ moving: Sleep | TimerHandle | null = null;
  /** Whoever caused what runs now; opaque. */
  owner: unknown = undefined;
  /** @internal Tasks whose first step runs inside other code, the innermost last. */ readonly eager: Task<unknown>[] =
    [];
  /** @internal Set by the run that is at work: what `stop` does. */ stopping: (() => void) | null = null;
  /** @internal The `run` that the callback belongs to which runs now. */ group: Run | null = null;
  /** How many passes over the ready queue there were. */
  passCount = 0;
  /** @internal */ taskCount = 0;
  /** @internal Of coroutines that a trace named. */ coroutineCount = 0;
  /** @internal Of locks, queues and such that a trace named. */ sharedCount = 0;
  /** Debug mode reports a step that takes longer than this, in seconds. */
  slowCallbackDuration = 0.1;
  /** Real time, or a clock that jumps to the next timer when nothing is ready. */
  readonly clock: 'real' | 'virtual';
  /** @internal */ options: LoopOptions;
  /** @internal */ readonly turns: Turns;
  /** @internal Waits for native promises, asked again after a termination. */ readonly foreign =
    new SafeSet<Foreign>();
  /** @internal What is done at the end of the pass: the clean-up after a run. */
  readonly afterPass = new AfterPass();
  /** @internal */ readonly ready = new Ready<Runnable>();
  /** @internal */ readonly timers = new Timers<Sleep | TimerHandle>();
  /** @internal */ readonly live = new LiveTasks<Task<unknown>>();
  /** @internal What the host keeps open for programs of this loop. */ readonly held = new SafeSet<Held>();
  private virtualTime = 0;
  private holds = 0;
  /** @internal */ turning = false;
  private debugging: boolean;
  private handler: ExceptionHandler | null = null;
  private closed = false;
  private readonly passes = new Passes<Loop, Runnable, Sleep | TimerHandle>();
  private factory: TaskFactory | null = null;

  constructor(options: LoopOptions = {}) {
    super();
    this.options = options;
    this.clock = clockOf(options.clock);
    this.debugging = options.debug ?? false;
    if (this.debugging) this.setDebug(true);
    this.turns = new Turns(this, options.enter ?? ((turn) => turn()), options.onPlanFailure ?? rethrow);
    newLoops.trace?.(this);
  }

  // ── what people use ───────────────────────────────────────────────────────────────────────────────────────────────

  /** The loop's clock, in seconds: monotonic, from no particular moment; from 0 if it is virtual. */
  time(): number {
    return this.clock === 'virtual' ? this.virtualTime : milliseconds() / 1000;
  }

  /** Schedules a coroutine as a task (Python: `loop.create_task`). */
  createTask<T>(coroutine: Coroutine<T>, options: TaskOptions = {}): Task<T> {
    this.check();
    return this.factory === null ? new Task(coroutine, options, this) : this.factory(this, coroutine, options);
  }

  /** @internal As {@link createTask}, whatever factory a program has set. */
  makeTask<T>(coroutine: Coroutine<T>, options: TaskOptions): Task<T> {
    this.check();
    return new Task(coroutine, options, this);
  }

  /** From here on `factory(loop, coroutine, options)` makes the tasks; null: the loop itself. */
  setTaskFactory(factory: TaskFactory | null): void {
    if (factory !== null && typeof factory !== 'function') {
      throw new TypeError('task factory must be a callable or None');
    }
    this.factory = factory;
  }

  /** What makes the tasks; null if the loop does. */
  getTaskFactory(): TaskFactory | null {
    return this.factory;
  }

  /** A future of this loop, to be settled by your own code. `label` names a wait for it in pictures. */
  createFuture<T = unknown>(label?: string): Future<T> {
    return new Future<T>(this, label);
  }

  /**
   * Calls `call(...args)` in a worker thread, under the rules of `toThread` (Python: `loop.run_in_executor`). `executor`
   * must be null, which is the default one: there is no other.
   */
  runInExecutor<A extends unknown[], T>(executor: null, call: (...args: A) => T, ...args: A): Task<Awaited<T>> {
    this.check();
    if (executor !== null) throw new TypeError(`executor must be None, got ${repr(executor)}`);
    return outside.inThread(this as never, callable(call, 'run_in_executor'), args) as Task<Awaited<T>>;
  }

  /** True in debug mode. */
  getDebug(): boolean {
    return this.debugging;
  }

  /** Debug mode reports slow steps and swallowed cancellations, and where lost coroutines were made. */
  setDebug(enabled: boolean): void {
    this.debugging = enabled;
    warnings.origins = enabled;
  }

  /** True while the code that runs belongs to this loop. */
  isRunning(): boolean {
    return running.loop === this || running.ambient === this;
  }

  /**
   * Ends the `run` that it is of, at the end of the pass: that fails with RuntimeError unless its coroutine is done.
   * @throws RuntimeError for a notebook's loop, which all cells share.
   */
  stop(): void {
    if (this.options.shared === true) {
      const error = new RuntimeError('the loop of a notebook cannot be stopped');
      throw addNote(error, 'All cells run on it. Cancel a task instead, or interrupt the cell.');
    }
    this.stopping?.();
  }

  /** True once it is closed. */
  isClosed(): boolean {
    return this.closed;
  }

  /** Takes errors that nobody else sees: of callbacks, and of tasks that nobody awaited; null restores the default. */
  setExceptionHandler(handler: ExceptionHandler | null): void {
    if (handler !== null && typeof handler !== 'function') {
      throw new TypeError(`A callable object or None is expected, got ${repr(handler)}`);
    }
    this.handler = handler;
  }

  /** The handler that was set, or null. */
  getExceptionHandler(): ExceptionHandler | null {
    return this.handler;
  }

  /** Calls the exception handler; if that throws too, the default one. */
  callExceptionHandler(context: ExceptionContext): void {
    if (this.handler === null) {
      this.defaultExceptionHandler(context);
      return;
    }
    // For the host; a handler that lists what it was told finds Python's keys.
    if ('owner' in context) Reflect.defineProperty(context, 'owner', { enumerable: false });
    try {
      this.handler(this, context);
    } catch (exception) {
      this.defaultExceptionHandler({
        message: 'Unhandled error in exception handler',
        exception,
        owner: context.owner,
      });
    }
  }

  /** What happens without a handler: the host's `onException` gets it, else stderr. */
  defaultExceptionHandler(context: ExceptionContext): void {
    const { onException } = this.options;
    if (onException !== undefined) onException(context);
    else console.error(context.message, context.exception ?? context.task?.toString() ?? '');
  }

  override toString(): string {
    const clock = this.clock === 'virtual' ? ` clock='virtual'` : '';
    const [running, closed, debug] = mapped([this.isRunning(), this.closed, this.debugging], repr);
    return `<Loop running=${running} closed=${closed} debug=${debug}${clock}>`;
  }

  /** Every task that is not done, oldest first. */
  tasks(): Task<unknown>[] {
    return this.live.all();
  }

  // ── what the host uses ────────────────────────────────────────────────────────────────────────────────────────────

  /** @internal A program made it, and the host runs it: its turns are entered as the host's are. */
  adopt(host: LoopOptions): void {
    this.options = { ...host, ...this.options };
    if (this.options.enter !== undefined) this.turns.enter = this.options.enter;
  }

  /** Something executes: from here on a virtual clock may jump. */
  hold(): void {
    this.holds++;
    this.wake();
  }

  /** Undoes one {@link hold}. */
  release(): void {
    this.holds--;
  }

  /** Cancels all tasks, waits at most `seconds` for their `finally` blocks, reports what was lost, and closes. */
  shutdown(seconds: number): Promise<void> {
    return shutdown(this, seconds);
  }

  /** Makes it the loop that native code between turns belongs to, as a notebook's loop is. */
  install(): void {
    running.ambient = this;
  }

  /** @internal Whoever causes what is created now. */
  currentOwner(): unknown {
    if (this.turning || this.options.outerOwner === undefined) return this.owner;
    return this.options.outerOwner();
  }

  /**
   * To be called after V8 terminated a turn. Kills the task whose step it was with `error`; everything else goes on in
   * the next turn. Returns what ran when V8 terminated it.
   */
  recover(error: unknown): Victim | null {
    return recover(this, error);
  }

  /** @internal After a step in which the stack was full: brings to its end what was left half done. */
  repair(): void {
    repair(this);
  }

  /**
   * Code was ended from outside. V8 dropped the microtasks behind it, so native promises are asked again; Node may have
   * lost what it had planned, so the next turn is planned again.
   */
  renew(): void {
    renew(this);
    if (!this.turning) this.turns.renew();
  }

  /** @internal The `run` that what is made now belongs to; null: none, as what a cell makes outside of one. */
  currentRun(): Run | null {
    return this.current === null ? this.group : this.current.group;
  }

  // ── what the engine uses ──────────────────────────────────────────────────────────────────────────────────────────

  /** @internal */
  enqueue(item: Runnable): void {
    this.ready.push(item);
    if (item instanceof Task) {
      item.scheduled = true;
      if (this.trace !== undefined) traceScheduled(this, item);
    }
    if (!this.turning) this.turns.plan();
  }

  /** @internal The task that awaits a plain value, and keeps all others from their turn; null if none does. */
  get hopping(): Task<unknown> | null {
    const first = this.passes.interrupted(this);
    return first instanceof Task ? first : null;
  }

  /** @internal The pass goes on with this task, once microtasks have run. */
  hop(task: Task<unknown>): void {
    this.passes.hop(this, task);
    this.turns.hop = true;
  }

  /** @internal */
  protected addTimer(handle: TimerHandle): TimerHandle {
    if (isNotANumber(handle.due)) throw new ValueError('Invalid delay: NaN (not a number)');
    this.timers.add(handle);
    this.wake();
    return handle;
  }

  /** @internal */
  protected refusedSignal(signal: string): string | undefined {
    return this.options.ownSignals?.[signal];
  }

  /** @internal */
  addSleep(sleep: Sleep): void {
    sleep.due = this.time() + sleep.delay;
    this.timers.add(sleep);
    this.wake();
  }

  /** @internal */
  sleepCancelled(): void {
    this.timers.cancelled();
  }

  /** @internal The loop settled a native promise: its continuations run before the next pass. */
  yieldToNative(): void {
    this.turns.yieldToNative = true;
  }

  /** @internal */
  wake(): void {
    if (!this.turning) this.turns.plan();
  }

  /** @internal */
  changeOwner(owner: unknown): void {
    sweep();
    this.owner = owner;
    warnings.owner = owner;
    this.options.onOwner?.(owner);
  }

  /** @internal */
  runCallback(caused: Caused, scope: Scope, call: (...args: unknown[]) => unknown, args: readonly unknown[]): void {
    const { owner } = caused;
    if (this.owner !== owner) this.changeOwner(owner);
    this.group = caused.group;
    const before = now.scope;
    now.scope = scope;
    try {
      apply(call, undefined, args);
    } catch (exception) {
      const message = `Exception in callback ${describeCall(call, args, this.debugging)}`;
      this.callExceptionHandler({ message, exception, handle: caused, owner });
    } finally {
      now.scope = before;
      this.group = null;
    }
  }

  /** @internal When there is something to do next: 0 for now, a time, or undefined for never. */
  nextTime(): number | undefined {
    return this.passes.nextTime(this);
  }

  /** @internal */
  beginTurn(): void {
    this.turning = true;
    running.loop = this;
    this.owner = NOBODY;
    // A termination may have kept a callback from doing it.
    this.group = null;
    inTurn(true);
  }

  /** @internal */
  endTurn(): void {
    sweep();
    inTurn(false);
    running.loop = null;
    now.scope = OUTER;
    this.turning = false;
    this.ready.shrink();
  }

  /** @internal One pass: due timers join the ready queue, and what is in it now is run, in order. */
  pass(): void {
    this.passes.run(this);
  }

  /** @internal A virtual clock goes on only while something executes, and waits for nothing outside. */
  mayJump(): boolean {
    return this.holds > 0 && this.foreign.size === 0;
  }

  /** @internal Sleeps wait for the virtual clock, and the clock for a native promise. */
  standsStill(): boolean {
    return this.holds > 0 && this.timers.first() !== undefined && this.nextTime() === undefined;
  }

  /** @internal A task that awaits a native promise. */
  awaitsNative(): Task<unknown> | undefined {
    const tasks = this.tasks();
    for (let at = 0; at < tasks.length; at++) {
      const task = tasks[at] as Task<unknown>;
      if (this.foreign.has(task.waiting as never)) return task;
    }
    return undefined;
  }

  /** @internal */
  jump(when: number): void {
    this.virtualTime = max(this.virtualTime, when);
  }

  /** Closes the loop: no more tasks can be made. @throws RuntimeError while it runs. */
  close(): void {
    if (this.isRunning()) throw new RuntimeError('Cannot close a running event loop');
    this.end();
  }

  /** @internal Closes it, and reports the errors that nobody looked at. */
  end(): void {
    if (this.closed) return;
    this.closed = true;
    this.turns.stop();
    this.letGo(null);
    if (this.debugging) this.setDebug(false);
    if (running.ambient === this) running.ambient = null;
    tellFailures(this);
  }

  /** @internal Closes what the host keeps open for a run; null: for any. */
  letGo(group: Run | null): void {
    const held = itemsOf(this.held);
    for (let at = 0; at < held.length; at++) {
      const one = held[at] as Held;
      if (group !== null && one.group !== group) continue;
      this.held.delete(one);
      one.letGo();
    }
  }

  /** @internal */
  protected check(): void {
    if (this.closed) throw new RuntimeError('Event loop is closed');
  }
}

const OUTER: Scope = now.scope;

function rethrow(error: unknown): never {
  throw error;
}
