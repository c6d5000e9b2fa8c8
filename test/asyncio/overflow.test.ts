// A program may catch the RangeError of a full stack and go on. What it called there may have happened or not, but nothing
// is left half done: each operation is called with less and less of the stack left, and again where it did not happen.

import { expect, test } from '@jest/globals';
import type { Suspension } from '../../runtime/asyncio/engine/now.ts';
import {
  Condition,
  ContextVar,
  type Coroutine,
  coroutine,
  createTask,
  currentTask,
  Event,
  type Future,
  gather,
  getRunningLoop,
  Lock,
  PriorityQueue,
  Queue,
  run,
  Semaphore,
  sleep,
  type Task,
  taskGroup,
  timeout,
} from '../../runtime/asyncio/index.ts';

/** Calls `work` with so many more calls on the stack. */
function down(calls: number, work: () => unknown): unknown {
  return calls > 0 ? down(calls - 1, work) : work();
}

/** How many calls the stack has room for here. */
function most(): number {
  let [low, high] = [0, 100_000];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    try {
      down(middle, () => 0);
      low = middle;
    } catch {
      high = middle;
    }
  }
  return low;
}

/** Calls an operation at the depth of this run; where it threw and has not `happened`, calls it again. */
type Strike = <T>(operation: () => T, happened?: () => boolean) => T;
type Scene = (strike: Strike) => Generator<unknown, unknown, unknown>;

const waits = coroutine(function* (future: Future<unknown>) {
  return yield* future;
});
const add = coroutine(function* <T>(list: T[], item: T) {
  yield* sleep(0);
  list.push(item);
});
const acquires = coroutine(function* (lock: Lock | Semaphore) {
  using _ = yield* lock.acquire();
  yield* sleep(0);
  return 'held';
});

const scenes: Readonly<Record<string, Scene>> = {
  *'a future is settled'(strike) {
    const future = getRunningLoop().createFuture();
    const tasks = [createTask(waits(future)), createTask(waits(future))];
    yield* sleep(0);
    strike(
      () => future.setResult(1),
      () => future.done(),
    );
    return yield* gather(...tasks);
  },
  *'a future fails'(strike) {
    const future = getRunningLoop().createFuture();
    const task = createTask(waits(future));
    yield* sleep(0);
    strike(
      () => future.setException(new Error('planned')),
      () => future.done(),
    );
    return yield* gather(task, { returnExceptions: true });
  },
  *'a future is cancelled'(strike) {
    const future = getRunningLoop().createFuture();
    const task = createTask(waits(future));
    yield* sleep(0);
    strike(
      () => future.cancel(),
      () => future.done(),
    );
    return yield* gather(task, { returnExceptions: true });
  },
  *'a task is cancelled that awaits others'(strike) {
    const future = getRunningLoop().createFuture();
    const tasks: Task<unknown>[] = [createTask(waits(future))];
    for (let n = 0; n < 3; n++) tasks.push(createTask(waits(tasks[n] as Task<unknown>)));
    yield* sleep(0);
    strike(
      () => tasks[3]?.cancel(),
      () => tasks[3]?.cancelling() === 1,
    );
    const results = yield* gather(...tasks, { returnExceptions: true });
    return [results, tasks[3]?.cancelling()];
  },
  *'a gather is cancelled'(strike) {
    const tasks = [sleep(1), sleep(2)].map((one) => createTask(one));
    const all = gather(...tasks);
    yield* sleep(0);
    strike(() => all.cancel());
    return yield* gather(all, ...tasks, { returnExceptions: true });
  },
  *'a task is made'(strike) {
    const list: number[] = [];
    const made = strike(() => createTask(add(list, 1)));
    yield* made;
    yield* sleep(1);
    // One that the program was not given may run too.
    return new Set(list).size;
  },
  *'an eager task is made'(strike) {
    const list: unknown[] = [];
    const me = currentTask();
    const task = strike(() => createTask(add(list, 1), { eagerStart: true }));
    list.push(currentTask() === me);
    try {
      yield* task;
    } catch {
      list.push(1);
    }
    yield* sleep(1);
    return [...new Set(list)];
  },
  *'callbacks are scheduled'(strike) {
    const list: number[] = [];
    const loop = getRunningLoop();
    strike(() => loop.callSoon(() => list.push(1)));
    strike(() => loop.callLater(1, () => list.push(2)));
    const timer = loop.callLater(1, () => list.push(3));
    strike(() => timer.cancel());
    const future = loop.createFuture();
    strike(() => future.addDoneCallback(() => list.push(4)));
    future.setResult(1);
    yield* sleep(2);
    return [...new Set(list)];
  },
  *'a lock is released'(strike) {
    const lock = new Lock();
    yield* lock.acquire();
    const tasks = [createTask(acquires(lock)), createTask(acquires(lock))];
    yield* sleep(0);
    strike(
      () => lock.release(),
      () => !lock.locked(),
    );
    return yield* gather(...tasks);
  },
  *'a semaphore is released'(strike) {
    const semaphore = new Semaphore(1);
    yield* semaphore.acquire();
    const tasks = [createTask(acquires(semaphore)), createTask(acquires(semaphore))];
    yield* sleep(0);
    strike(
      () => semaphore.release(),
      () => (semaphore as unknown as { value: number }).value > 0,
    );
    const done = yield* gather(...tasks);
    return [done, String(semaphore)];
  },
  *'an event is set'(strike) {
    const event = new Event();
    const tasks = [createTask(event.wait()), createTask(event.wait())];
    yield* sleep(0);
    strike(() => event.set());
    return yield* gather(...tasks);
  },
  *'a condition is notified'(strike) {
    const condition = new Condition();
    const waiting = coroutine(function* () {
      using _ = yield* condition.acquire();
      return yield* condition.wait();
    });
    const tasks = [createTask(waiting()), createTask(waiting())];
    yield* sleep(0);
    yield* condition.acquire();
    strike(() => condition.notifyAll());
    strike(
      () => condition.release(),
      () => !condition.locked(),
    );
    return yield* gather(...tasks);
  },
  *'a queue is filled, emptied and shut down'(strike) {
    const list: unknown[] = [];
    for (const queue of [new Queue<number>(2), new PriorityQueue<number>(2)]) {
      const get = createTask(queue.get());
      yield* sleep(0);
      strike(
        () => queue.putNowait(1),
        () => queue.qsize() === 1,
      );
      list.push(yield* get);
      strike(
        () => queue.taskDone(),
        () => !String(queue).includes('tasks='),
      );
      yield* queue.join();
      queue.putNowait(3);
      queue.putNowait(2);
      const put = createTask(queue.put(4));
      yield* sleep(0);
      strike(
        () => queue.getNowait(),
        () => queue.qsize() === 1,
      );
      yield* put;
      const refused = createTask(queue.put(5));
      yield* sleep(0);
      strike(() => queue.shutdown({ immediate: true }));
      list.push(yield* gather(refused, { returnExceptions: true }), String(queue));
    }
    return list.map(String);
  },
  *'a task group takes another task'(strike) {
    const list: number[] = [];
    yield* taskGroup(function* (tg) {
      tg.createTask(add(list, 1));
      strike(() => tg.createTask(add(list, 2)));
    });
    return [...new Set(list)];
  },
  *'a deadline is moved'(strike) {
    try {
      yield* timeout(1, function* (scope) {
        strike(() => scope.reschedule(5));
        yield* sleep(9);
      });
      return 'not reached';
    } catch (error) {
      return [(error as Error).name, getRunningLoop().time()];
    }
  },
  *'a context variable is set and reset'(strike) {
    const variable = new ContextVar('variable', { default: 0 });
    const token = strike(() => variable.set(1));
    const seen = [variable.get()];
    strike(
      () => variable.reset(token),
      () => token.used,
    );
    return [...seen, variable.get()];
  },
  *'a coroutine is stepped by hand'(strike) {
    const event = new Event();
    const body = coroutine(function* () {
      event.set();
      yield* sleep(0);
      return 1;
    });
    const task = createTask(event.wait());
    yield* sleep(0);
    const one = strike(() => {
      const made = body();
      made.send();
      return made;
    });
    strike(
      () => one.send(),
      () => one.state === 'CORO_CLOSED',
    );
    const me = currentTask();
    yield* task;
    return [one.state, me === currentTask()];
  },
};

/** Runs a scene, with so many calls on the stack at each strike; what never ends says so. */
async function played(scene: Scene, calls: number | null): Promise<unknown> {
  const strike: Strike = (operation, happened) => {
    if (calls === null) return operation();
    try {
      return down(calls, operation) as ReturnType<typeof operation>;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      return happened?.() === true ? (undefined as never) : operation();
    }
  };
  const main = run(coroutine(scene as (strike: Strike) => Generator<never, unknown>)(strike), { clock: 'virtual' });
  const stuck = (async () => {
    for (let turns = 0; turns < 50; turns++) await new Promise((resolve) => setImmediate(resolve));
    return 'stuck';
  })();
  return Promise.race([main, stuck]).catch((error: unknown) => `failed: ${error}`);
}

test.each(Object.entries(scenes))(
  '%s, or is not, wherever the stack ends',
  async (_name, scene) => {
    const expected = await played(scene, null);
    const limit = most();
    // What is called for the first time is compiled then, which takes 40 KB of the stack.
    const seen = new Set<string>();
    for (let left = 0; left < 600; left += 3) seen.add(JSON.stringify(await played(scene, limit - left)));
    expect([...seen]).toEqual([JSON.stringify(expected)]);
  },
  30_000,
);

const deep = coroutine(function* (n: number, caught: boolean): Generator<Suspension, number> {
  try {
    const task = createTask(deep(n - 1, caught) as Coroutine<number>, { eagerStart: true });
    return n === 0 ? 0 : 1 + (yield* task);
  } catch (error) {
    if (!caught) throw error;
    yield* sleep(0);
    return 0;
  }
});

test('eager tasks within eager tasks, until the stack is full, end as a recursion does', async () => {
  await expect(run(deep(1e6, false))).rejects.toThrow(RangeError);
  expect(await run(deep(1e6, true))).toBeGreaterThan(50);
  expect(await run(sleep(0, 'still there'))).toBe('still there');
});
