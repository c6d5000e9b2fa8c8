// What a host such as the notebook relies on: owners, interrupts, terminations from outside, holds, the orderly end.
import { spawnSync } from 'node:child_process';
import { createContext, Script } from 'node:vm';
import { expect, test } from '@jest/globals';
import {
  awaiting,
  CancelledError,
  coroutine,
  createTask,
  Event,
  type ExceptionContext,
  gather,
  Lock,
  Loop,
  type LoopOptions,
  Queue,
  run,
  sleep,
  type Task,
} from '../../runtime/asyncio/index.ts';

class KeyboardInterrupt extends Error {
  override name = 'KeyboardInterrupt';
}

/** A loop as the notebook's: shared, installed, and virtual unless said otherwise. */
function hostLoop(options: LoopOptions = {}): Loop {
  const loop = new Loop({ shared: true, clock: 'virtual', ...options });
  loop.install();
  loop.hold();
  return loop;
}

const ended = async (task: Task<unknown>): Promise<unknown> => {
  try {
    return await task;
  } catch (error) {
    return error;
  }
};

test('run works on a shared loop, cancels what it leaves over, and leaves the other tasks alone', async () => {
  const loop = hostLoop();
  const log: string[] = [];
  const other = loop.createTask(
    coroutine(function* () {
      yield* sleep(100);
      return 'other';
    })(),
  );
  const left = coroutine(function* () {
    try {
      yield* sleep(50);
    } finally {
      log.push('left over cancelled');
    }
  });
  const main = coroutine(function* () {
    createTask(left());
    yield* sleep(1);
    return 'main';
  });
  const cell = coroutine(function* () {
    const value = yield* run(main()) as unknown as Task<string>;
    log.push(value);
  });
  await loop.createTask(cell(), { group: null });
  expect(log).toEqual(['left over cancelled', 'main']);
  expect(await other).toBe('other');
});

test('on a shared loop a run ends what its timers and callbacks made, and nothing that others made', async () => {
  const loop = hostLoop();
  const log: string[] = [];
  const left = coroutine(function* (name: string) {
    try {
      yield* sleep(50);
      log.push(`${name} slept`);
    } finally {
      log.push(`${name} finally`);
    }
  });
  const make = (name: string): void => void loop.createTask(left(name));
  const main = coroutine(function* () {
    loop.callLater(1, make, 'timer');
    loop.callSoon(() => loop.callSoon(make, 'callback of a callback'));
    createTask(sleep(1)).addDoneCallback(() => make('done callback'));
    yield* sleep(3);
    return 'main';
  });
  loop.callLater(2, make, 'other');
  const cell = coroutine(function* () {
    loop.callLater(2, make, 'cell');
    log.push(yield* run(main()) as unknown as Task<string>);
    yield* sleep(60);
  });
  await loop.createTask(cell(), { group: null });
  const ofRun = ['callback of a callback finally', 'timer finally', 'done callback finally'];
  expect(log.slice(0, 3).sort()).toEqual(ofRun.sort());
  expect(log.slice(3)).toEqual(['main', 'other slept', 'other finally', 'cell slept', 'cell finally']);
});

test('a run inside a run is refused', async () => {
  const inner = coroutine(function* inner() {});
  const coro = inner();
  // biome-ignore lint/correctness/useYield: nothing to wait for.
  const main = coroutine(function* () {
    return run(coro);
  });
  await expect(run(main())).rejects.toThrow('asyncio.run() cannot be called from a running event loop');
  coro.close();
});

test('tasks, timers and callbacks carry the owner of what made them', async () => {
  const seen: unknown[] = [];
  const loop = hostLoop({ onOwner: (owner) => seen.push(owner) });
  const owners: unknown[] = [];
  const note = (): void => void owners.push(loop.owner);
  const child = coroutine(function* () {
    yield* sleep(2);
    note();
  });
  const cell = coroutine(function* (delay: number) {
    loop.callLater(delay, note);
    const task = createTask(child());
    task.addDoneCallback(note);
    yield* task;
    note();
  });
  const first = loop.createTask(cell(1), { owner: 'cell 1' });
  const second = loop.createTask(cell(1.5), { owner: 'cell 2' });
  await Promise.all([first, second]);
  expect(owners.filter((owner) => owner === 'cell 1')).toHaveLength(4);
  expect(owners.filter((owner) => owner === 'cell 2')).toHaveLength(4);
  expect(seen.filter((owner, at) => owner === seen[at - 1])).toEqual([]);
});

test('a virtual clock stands still while nothing is held', async () => {
  const loop = new Loop({ shared: true, clock: 'virtual' });
  loop.install();
  const task = loop.createTask(
    coroutine(function* () {
      yield* sleep(5);
    })(),
  );
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  expect([task.done(), loop.time()]).toEqual([false, 0]);
  loop.hold();
  await task;
  expect(loop.time()).toBe(5);
});

test('a sleep without end does not move a virtual clock, and never ends', async () => {
  const loop = hostLoop();
  const endless = loop.createTask(sleep(Number.POSITIVE_INFINITY));
  const limited = loop.createTask(sleep(3));
  await limited;
  for (let tick = 0; tick < 5; tick++) await new Promise((resolve) => setImmediate(resolve));
  expect([loop.time(), endless.done()]).toEqual([3, false]);
  // A timer that is set later still comes.
  await loop.createTask(sleep(1));
  expect([loop.time(), endless.done()]).toEqual([4, false]);
  endless.cancel();
  expect(await ended(endless)).toBeInstanceOf(CancelledError);
  expect(loop.time()).toBe(4);
});

test('a running loop refuses to be closed, from a task and from native code beside it', async () => {
  const loop = hostLoop();
  const refused = 'Cannot close a running event loop';
  const closes = coroutine(function* () {
    try {
      loop.close();
    } catch (error) {
      yield* sleep(1);
      return String(error);
    }
  });
  expect(await loop.createTask(closes())).toBe(`RuntimeError: ${refused}`);
  expect(() => loop.close()).toThrow(refused);
  expect([loop.isClosed(), await loop.createTask(sleep(1, 'alive'))]).toEqual([false, 'alive']);
  await loop.shutdown(1);
  expect(loop.isClosed()).toBe(true);
  const idle = new Loop();
  idle.close();
  expect(idle.isClosed()).toBe(true);
});

test('where engine code fails, the task whose step it was fails alone', async () => {
  const loop = hostLoop();
  const bad = loop.createTask(sleep(1));
  const good = loop.createTask(sleep(2, 'good'));
  // As a cell may break what the engine uses.
  bad.run = () => {
    throw new RangeError('broken');
  };
  expect(await good).toBe('good');
  expect(String(await ended(bad))).toBe('RangeError: broken');
});

test('an interrupt throws that very error at the await, runs finally blocks and cancels what was awaited', async () => {
  const loop = hostLoop();
  const log: string[] = [];
  const worker = coroutine(function* () {
    try {
      yield* sleep(1000);
    } catch (error) {
      log.push((error as Error).name);
      throw error;
    }
  });
  const inner = coroutine(function* () {
    try {
      yield* createTask(worker());
    } finally {
      log.push('inner finally');
    }
  });
  const cell = coroutine(function* () {
    try {
      yield* inner();
    } finally {
      log.push('cell finally');
    }
  });
  const task = loop.createTask(cell());
  const error = new KeyboardInterrupt();
  loop.callLater(1, () => task.interrupt(error));
  expect(await ended(task)).toBe(error);
  expect(log).toEqual(['CancelledError', 'inner finally', 'cell finally']);
  expect(loop.tasks()).toHaveLength(0);
});

test('an interrupt does not wait for an awaited task that swallows its cancellation', async () => {
  const loop = hostLoop();
  const stubborn = coroutine(function* () {
    for (let i = 0; i < 3; i++) {
      try {
        yield* sleep(1000);
      } catch {}
    }
  });
  const cell = coroutine(function* () {
    yield* createTask(stubborn());
  });
  const task = loop.createTask(cell());
  loop.callLater(1, () => task.interrupt(new KeyboardInterrupt()));
  expect(((await ended(task)) as Error).name).toBe('KeyboardInterrupt');
  expect(loop.time()).toBe(1);
});

test('an interrupt reaches a native promise, a lock, a gather and a coroutine that gave way', async () => {
  const loop = hostLoop({ clock: 'real' });
  const lock = new Lock();
  const bodies = [
    coroutine(function* () {
      yield* awaiting(new Promise(() => {}));
    }),
    coroutine(function* () {
      yield* lock.acquire();
    }),
    coroutine(function* () {
      yield* gather(sleep(9999), sleep(9998));
    }),
    coroutine(function* () {
      for (;;) yield* sleep(0);
    }),
  ];
  const holder = loop.createTask(lock.acquire());
  await holder;
  for (const body of bodies) {
    const task = loop.createTask(body());
    const timer = setTimeout(() => task.interrupt(new KeyboardInterrupt()), 5);
    expect(((await ended(task)) as Error).name).toBe('KeyboardInterrupt');
    clearTimeout(timer);
  }
  lock.release();
});

// ── terminations by V8, the notebook's last resort ─────────────────────────────────────────────────────────────────

const outside: { turn: () => void } = { turn: () => {} };
const entry = new Script('outside.turn()');
const context = createContext({ outside });

/** Enters each turn so that V8 can end it; no catch or finally sees it. After so many milliseconds, or at a SIGINT. */
function terminatable(milliseconds: (() => number) | undefined, onTermination: () => void): (turn: () => void) => void {
  return (turn) => {
    outside.turn = turn;
    try {
      entry.runInContext(context, milliseconds ? { timeout: milliseconds() } : { breakOnSigint: true });
    } catch (error) {
      if (!/^ERR_SCRIPT_EXECUTION_(TIMEOUT|INTERRUPTED)$/.test((error as { code?: string }).code ?? '')) throw error;
      onTermination();
    }
  };
}

/** Code that V8 ends here, however busy the machine is. */
function spinUntilTerminated(): never {
  spawnSync('kill', ['-s', 'INT', String(process.pid)]);
  for (;;);
}

test('a step that V8 terminated kills its task alone; the rest of the pass runs in the next turn', async () => {
  const loop = hostLoop({
    clock: 'real',
    enter: terminatable(undefined, () => void victims.push(loop.recover(error)?.task)),
  });
  const victims: unknown[] = [];
  const error = new KeyboardInterrupt();
  const log: string[] = [];
  // biome-ignore lint/correctness/useYield: it never comes to one.
  const spin = coroutine(function* () {
    try {
      spinUntilTerminated();
    } finally {
      log.push('never');
    }
  });
  const good = coroutine(function* (name: string) {
    log.push(`${name} begins`);
    yield* sleep(0);
    log.push(`${name} ends`);
    return name;
  });
  const before = loop.createTask(good('before'));
  const bad = loop.createTask(spin());
  const after = loop.createTask(good('after'));
  const waiter = loop.createTask(
    coroutine(function* () {
      try {
        yield* bad;
      } catch (caught) {
        log.push((caught as Error).name);
      }
    })(),
  );
  await Promise.all([before, after, waiter]);
  expect(await ended(bad)).toBe(error);
  expect(victims.length === 1 && victims[0] === bad).toBe(true);
  expect(log.slice().sort()).toEqual([
    'KeyboardInterrupt',
    'after begins',
    'after ends',
    'before begins',
    'before ends',
  ]);
});

test('a wait for a native promise survives the microtasks that V8 drops', async () => {
  const loop = hostLoop({
    clock: 'real',
    enter: terminatable(undefined, () => void loop.recover(new KeyboardInterrupt())),
  });
  let resolve: (value: string) => void = () => {};
  const promise = new Promise<string>((settle) => {
    resolve = settle;
  });
  const waits = loop.createTask(
    coroutine(function* () {
      return yield* awaiting(promise);
    })(),
  );
  const spin = loop.createTask(
    coroutine(function* () {
      yield* sleep(0.01);
      // Settled in the very turn that is terminated: its reaction is queued, and dropped.
      resolve('there');
      spinUntilTerminated();
    })(),
  );
  expect(((await ended(spin)) as Error).name).toBe('KeyboardInterrupt');
  expect(await waits).toBe('there');
});

test('terminations at any point of the engine lose no task, no wake-up and no queued item', async () => {
  let terminations = 0;
  let delay = 1;
  const loop = hostLoop({
    clock: 'real',
    enter: terminatable(
      () => 1 + (delay++ % 4),
      () => {
        terminations++;
        const victim = loop.recover(new KeyboardInterrupt())?.task;
        if (victim != null) victims.add(victim);
      },
    ),
  });
  const victims = new Set<Task<unknown>>();
  const nothing = coroutine(function* () {});
  // Awaits that never suspend and hand-overs: most of the time is the engine's own.
  const busy = coroutine(function* (seconds: number) {
    const until = loop.time() + seconds;
    const event = new Event();
    while (loop.time() < until) {
      for (let i = 0; i < 50; i++) yield* nothing();
      const task = createTask(nothing());
      yield* gather(sleep(0), task, sleep(0.0001));
      event.set();
      yield* event.wait();
    }
    return 'done';
  });
  const tasks = Array.from({ length: 40 }, () => loop.createTask(busy(0.6)));
  // Not by awaiting them: what native code waits for may be lost in a termination, the loop's own waits may not.
  while (loop.tasks().length > 0) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(terminations).toBeGreaterThan(5);
  const failed = tasks.filter((task) => task.cancelled() || task.exception() !== null);
  // A task fails if it was killed itself, or if one that it awaits was.
  expect(failed.length).toBeLessThanOrEqual(victims.size);
  expect(tasks.filter((task) => !task.done())).toHaveLength(0);
});

test('a callback that was terminated is reported to the exception handler, with its owner', async () => {
  const told: ExceptionContext[] = [];
  const error = new KeyboardInterrupt();
  const loop = hostLoop({
    clock: 'real',
    enter: terminatable(undefined, () => void loop.recover(error)),
    onException: (exception) => told.push(exception),
  });
  const cell = loop.createTask(
    coroutine(function* () {
      loop.callLater(0.001, spinUntilTerminated);
      yield* sleep(0.1);
      return 'alive';
    })(),
    { owner: 'cell 7' },
  );
  expect(await cell).toBe('alive');
  expect(told.map(({ exception, owner }) => [exception, owner])).toEqual([[error, 'cell 7']]);
});

// ── the end ─────────────────────────────────────────────────────────────────────────────────────────────────────────

test('shutdown cancels what is left, lets finally blocks await, and reports what was pending', async () => {
  const told: string[] = [];
  const loop = hostLoop({
    onException: ({ message, task, owner }) => told.push(`${message} ${task?.getName()} ${owner}`),
  });
  const log: string[] = [];
  const tidy = coroutine(function* () {
    try {
      yield* sleep(1000);
    } finally {
      yield* sleep(3);
      log.push('tidied');
    }
  });
  const stubborn = coroutine(function* () {
    for (;;) {
      try {
        yield* loop.createFuture();
      } catch {}
    }
  });
  loop.createTask(tidy(), { owner: 'a' });
  loop.createTask(stubborn(), { owner: 'b', name: 'stubborn' });
  await new Promise((resolve) => setImmediate(resolve));
  await loop.shutdown(0.05);
  expect(told).toEqual(['Task was destroyed but it is pending! stubborn b']);
  expect(() => loop.createTask(sleep(0))).toThrow('Event loop is closed');
  expect(log).toEqual(['tidied']);
});

test('shutdown ends as soon as everything did', async () => {
  const loop = hostLoop({ clock: 'real' });
  const log: string[] = [];
  const queue = new Queue<number>();
  loop.createTask(
    coroutine(function* () {
      try {
        yield* queue.get();
      } catch (error) {
        log.push(error instanceof CancelledError ? 'cancelled' : 'other');
        yield* sleep(0.01);
        log.push('cleaned up');
      }
    })(),
  );
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  const before = performance.now();
  await loop.shutdown(60);
  expect(log).toEqual(['cancelled', 'cleaned up']);
  expect(performance.now() - before).toBeLessThan(30_000);
});
