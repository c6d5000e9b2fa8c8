// run: the entry of a program, and of a cell that wants one. It makes a loop of its own unless there is one to share.

import { awaiting } from './awaiting.ts';
import type { Work } from './engine/after-pass.ts';
import type { Coroutine } from './engine/coroutine.ts';
import { type Awaitable, notAwaitable } from './engine/create-task.ts';
import { addNote, CancelledError, RuntimeError } from './engine/errors.ts';
import { Future, phases } from './engine/future.ts';
import { internal, internalCode } from './engine/internal.ts';
import { Loop } from './engine/loop.ts';
import type { LoopOptions } from './engine/loop-options.ts';
import { isAwaitable, isCoroutine } from './engine/predicates.ts';
import { filtered, itemsOf, mapped, SafeSet, SafeWeakMap } from './engine/primordials.ts';
import { repr } from './engine/repr.ts';
import type { Closes, Run } from './engine/run-group.ts';
import { loopNow, running } from './engine/running.ts';
import type { Task } from './engine/task.ts';
import { askedBy } from './engine/tracing.ts';
import type { Body, Scope } from './engine/types.ts';
import { DoneCallback, NOBODY_WAITS, named } from './engine/waiters.ts';
import { gathering } from './gather.ts';
import { onKeyboard } from './keyboard.ts';

/** How `run` runs. */
export interface RunOptions {
  /** Reports slow steps, the origins of lost coroutines and swallowed cancellations. */
  readonly debug?: boolean | undefined;
  /** 'virtual': sleeps take no time. On a loop of its own, whatever loop runs already. */
  readonly clock?: 'real' | 'virtual' | undefined;
  /** Makes the loop, which is closed at the end (Python 3.12: `loop_factory`). */
  readonly loopFactory?: (() => Loop) | undefined;
}

/**
 * Runs a coroutine to its end, then cancels what it left over and waits for that (Python: `asyncio.run`). In a
 * notebook it works on the running loop. @throws TypeError for what cannot be awaited; RuntimeError if it is
 * called inside another `run`.
 */
export function run<T>(main: Awaitable<T>, options: RunOptions = {}): Promise<T> {
  const outer = loopNow();
  refuseInRun('asyncio.run()', options);
  const body = bodyOfRun(main, 'run');
  const own = outer === null || outer.options.shared !== true || differs(outer, options);
  if (!own) return debugging(outer, options, onLoop(outer, body)) as unknown as Promise<T>;
  return onOwnLoop(ownLoop(options), body);
}

/** @internal @throws RuntimeError if a task of a run calls `user`, unless for a virtual clock, which is another time. */
export function refuseInRun(user: string, { clock }: RunOptions): void {
  const creator = running.loop?.current ?? null;
  if (creator === null || creator.group === null || clock === 'virtual') return;
  throw addNote(
    new RuntimeError(`${user} cannot be called from a running event loop`),
    'Inside a coroutine, await it instead: await main().',
  );
}

/** On a shared loop, debug mode lasts as long as the run that asked for it. */
function debugging<T>(loop: Loop, { debug }: RunOptions, ended: Future<T>): Future<T> {
  const before = loop.getDebug();
  if (debug === undefined || debug === before) return ended;
  loop.setDebug(debug);
  ended.whenDone(() => loop.setDebug(before));
  return ended;
}

/** @internal The coroutine that a run is of; for anything else that can be awaited, one that awaits it (3.14). */
export function bodyOfRun<T>(main: Awaitable<T>, user: string): Coroutine<T> {
  if (isCoroutine(main)) return main as Coroutine<T>;
  if (!isAwaitable(main)) throw notAwaitable(main, user);
  return internal(awaiting(main) as Body<T>, internalCode('_wrap_awaitable'));
}

function differs(outer: Loop, options: RunOptions): boolean {
  return options.loopFactory !== undefined || (options.clock !== undefined && options.clock !== outer.clock);
}

function defined(options: RunOptions): LoopOptions {
  return {
    ...(options.clock === undefined ? {} : { clock: options.clock }),
    ...(options.debug === undefined ? {} : { debug: options.debug }),
  };
}

/** A loop beside the host's enters its turns as the host's does, and calls the same hooks. */
function inherited(outer: Loop | null): LoopOptions {
  if (outer === null || outer.options.shared !== true) return {};
  const { enter, onOwner, outerOwner, onException, onPlanFailure, ownSignals } = outer.options;
  const owner = outer.currentOwner();
  return { enter, onOwner, outerOwner: outerOwner ?? (() => owner), onException, onPlanFailure, ownSignals };
}

function onLoop<T>(loop: Loop, main: Coroutine<T>): Future<T> {
  const group: Run = { name: main.name, generators: new SafeSet() };
  const task = loop.createTask(main, { group });
  const ended = new RunFuture<T>(loop, task, onKeyboard(loop, task));
  // asyncio stops the loop here: the pass goes on to its end, and what is left is cancelled only then.
  const clean = cleanUp(loop, group, () => {
    loop.letGo(group);
    ended.follow();
  });
  let over = false;
  const end = named('_run_until_complete_cb', (): void => {
    if (!over) loop.afterPass.add(clean);
    over = true;
  });
  loop.stopping = () => {
    ended.early = !task.done();
    end();
  };
  task.whenDone(end);
  return ended;
}

/** @internal A loop for one program, with the options of the host's loop if there is one. */
export function ownLoop(options: RunOptions): Loop {
  const hosted = inherited(loopNow());
  const { loopFactory, debug } = options;
  if (loopFactory === undefined) return new Loop({ ...hosted, ...defined(options) });
  const loop: unknown = loopFactory();
  if (!(loop instanceof Loop)) throw new TypeError(`loopFactory must return a Loop, got ${repr(loop)}`);
  loop.adopt(hosted);
  if (debug !== undefined) loop.setDebug(debug);
  return loop;
}

async function onOwnLoop<T>(loop: Loop, main: Coroutine<T>): Promise<T> {
  try {
    return await current(loop, () => onLoop(loop, main));
  } finally {
    closeOwnLoop(loop);
  }
}

function closeOwnLoop(loop: Loop): void {
  const left = loop.tasks();
  for (let at = 0; at < left.length; at++) {
    const task = left[at] as Task<unknown>;
    loop.callExceptionHandler({ message: 'Task was destroyed but it is pending!', task, owner: task.owner });
  }
  loop.end();
}

/** @internal One run of a Runner: tasks that the coroutine leaves over stay. */
export function runOnOwnLoop<T>(loop: Loop, main: Coroutine<T>, context: Scope): Promise<T> {
  return current(loop, () => {
    const task = loop.createTask(main, { context, group: runnerGroup(loop) });
    const stopped = loop.createFuture<never>('stop');
    const stop = (): void => {
      if (!task.done() && !stopped.done()) stopped.setException(stoppedEarly());
    };
    loop.stopping = () => loop.afterPass.add(stop);
    const interruption = onKeyboard(loop, task);
    return Promise.race([task, stopped]).catch((error: unknown) => {
      throw interruption() ?? error;
    });
  });
}

/** @internal */
export async function endOwnLoop(loop: Loop): Promise<void> {
  const ended = loop.createFuture();
  const settle = (): void => {
    if (!ended.done()) ended.setResult(undefined);
  };
  loop.afterPass.add(cleanUp(loop, runnerGroup(loop), settle));
  loop.ownSoon(() => {});
  await current(loop, () => ended);
  closeOwnLoop(loop);
}

const runners = new SafeWeakMap<Loop, Run>();

function runnerGroup(loop: Loop): Run {
  let group = runners.get(loop);
  if (group === undefined) {
    group = { name: 'Runner', generators: new SafeSet() };
    runners.set(loop, group);
  }
  return group;
}

/** Awaits `work` natively with the loop at work, and as the one that native code belongs to. */
async function current<T>(loop: Loop, work: () => PromiseLike<T>): Promise<T> {
  const before = running.ambient;
  running.ambient = loop;
  loop.hold();
  try {
    return await work();
  } finally {
    loop.release();
    if (running.ambient === loop) running.ambient = before?.isClosed() === true ? null : before;
  }
}

function stoppedEarly(): Error {
  return new RuntimeError('Event loop stopped before Future completed.');
}

/** @internal What `run` returns on a shared loop: the main task's outcome, once all its left-overs have ended. */
class RunFuture<T> extends Future<T> {
  private readonly main: Task<T>;
  /** What is thrown instead of the main task's cancellation. */
  private readonly interruption: () => Error | null;
  /** The loop was stopped before the end. */ early = false;

  constructor(loop: Loop, main: Task<T>, interruption: () => Error | null) {
    super(loop, `run(${main.coroutine.name}())`);
    this.main = main;
    this.interruption = interruption;
  }

  override cancel(message?: string): boolean {
    return !this.done() && this.main.cancel(message);
  }

  follow(): void {
    const { main } = this;
    if (this.done()) return;
    const interruption = this.interruption();
    if (this.early) super.failWith(stoppedEarly());
    else if (interruption !== null) super.failWith(interruption);
    else if (main.cancelled()) {
      this.outcome = main.makeCancelledError();
      this.finish(phases.CANCELLED);
    } else if (main.phase === phases.EXCEPTION) super.failWith(main.failure());
    else super.setResult(main.outcome as T);
  }
}

/** How often the left-overs of a clean-up are themselves cleaned up, on a loop that lives on. */
const ROUNDS = 100;
/**
 * asyncio shuts down async generators and threads after the tasks, in four passes, in which new tasks still run. The
 * fourth is the one in which the run's promise is settled.
 */
const LAST_PASSES = 3;

/**
 * Cancels every task of the run and waits for them all; reports those that failed on the way. Then `ended`. Each step
 * keeps what it has done, so that it may be done again after a termination.
 */
function cleanUp(loop: Loop, group: Run, ended: () => void, rounds = ROUNDS): Work {
  const asked = new SafeSet<object>();
  const told = new SafeSet<object>();
  const own = loop.options.shared !== true;
  let left: Task<unknown>[] | null = null;
  let listening = false;
  let next: Work | null = null;
  const again = (): Work => cleanUp(loop, group, ended, rounds - 1);
  const over: Work = () => {
    if (next === null) {
      if (!own && left !== null && left.length > 0 && rounds > 0) next = again();
      // Closing takes the first two of the last passes, and more if a `finally` block awaits.
      else if (group.generators.size > 0 && rounds > 0) {
        next = closeGenerators(loop, group, own ? passes(loop, LAST_PASSES - 2, ended) : again());
      } else next = own ? passes(loop, LAST_PASSES, ended) : ended;
    }
    return next();
  };
  const failed = (): void => {
    for (let at = 0; left !== null && at < left.length; at++) {
      const task = left[at] as Task<unknown>;
      if (task.phase !== phases.EXCEPTION || told.has(task)) continue;
      told.add(task);
      const message = 'unhandled exception during asyncio.run() shutdown';
      loop.callExceptionHandler({ message, exception: task.failure(), task, owner: task.owner });
    }
    loop.afterPass.add(over);
  };
  return () => {
    left ??= filtered(loop.tasks(), (task) => own || task.group === group);
    if (left.length === 0) return over();
    const those = left;
    askedBy('run', () => {
      for (let at = 0; at < those.length; at++) those[at]?.cancelFor(asked);
    });
    if (listening) return undefined;
    const all = within(loop, () => gathering(loop, those, true));
    all.whenDone(failed);
    // One stretch without a call since the callback was registered.
    listening = true;
    return undefined;
  };
}

/** Python's `loop.shutdown_asyncgens`: ends the generators that the run's tasks began and left open. */
function closeGenerators(loop: Loop, group: Run, then: Work): Work {
  const open = itemsOf(group.generators);
  const members = new SafeSet<Task<unknown>>();
  const ended = (): void => void loop.afterPass.add(then);
  const joins = { members, callback: (task: Task<unknown>) => new DoneCallback(task, ended, undefined, NOBODY_WAITS) };
  return () => {
    for (let at = 0; at < open.length; at++) group.generators.delete(open[at] as Closes);
    if (members.size > 0) return;
    loop.createTask(internal(closed(loop, open), internalCode('shutdown_asyncgens')), { group, joins });
  };
}

function* closed(loop: Loop, open: readonly Closes[]): Generator<unknown, void, unknown> {
  const closing = mapped(open, (one) => one.aclose());
  const results: unknown[] = yield* gathering(loop, closing, true);
  for (let at = 0; at < results.length; at++) {
    const exception = results[at];
    if (!(exception instanceof Error) || exception instanceof CancelledError) continue;
    const message = `an error occurred during closing of asynchronous generator ${open[at]}`;
    loop.callExceptionHandler({ message, exception });
  }
}

/** Calls `then` after so many more passes. */
function passes(loop: Loop, count: number, then: () => void): Work {
  return () => {
    if (count === 0) {
      then();
      return undefined;
    }
    loop.ownSoon(() => {});
    return passes(loop, count - 1, then);
  };
}

function within<R>(loop: Loop, work: () => R): R {
  const before = running.loop;
  running.loop = loop;
  try {
    return work();
  } finally {
    running.loop = before;
  }
}
