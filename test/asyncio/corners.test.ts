// The corner cases that CPython 3.14 settles, and the chapter's facts: one test each. Words are Python's.
// biome-ignore-all lint/correctness/useYield: many bodies have nothing to wait for.
import { expect, test } from '@jest/globals';
import {
  type Awaitable,
  allTasks,
  asCompleted,
  asyncGenerator,
  CancelledError,
  type Coroutine,
  coroutine,
  createTask,
  currentTask,
  type ExceptionContext,
  ExceptionGroup,
  ensureFuture,
  type Future,
  gather,
  getCoroutineState,
  getRunningLoop,
  isAwaitable,
  isCoroutine,
  isCoroutineFunction,
  isFuture,
  Lock,
  Loop,
  Queue,
  Runner,
  run,
  shield,
  sleep,
  TimeoutError,
  taskGroup,
  timeout,
  type,
  wait,
  waitFor,
} from '../../runtime/asyncio/index.ts';

const virtual = <T>(main: Coroutine<T>): Promise<T> => run(main, { clock: 'virtual' });
type Pending = Coroutine<void> extends { [Symbol.iterator](): Generator<infer P, void, unknown> } ? P : never;
const greet = coroutine(function* hello() {
  return 'hello';
});
/** What a piece of a program throws, as Python would print it. */
function* thrown(work: () => Generator<Pending, unknown, unknown>): Generator<Pending, string, unknown> {
  try {
    yield* work();
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
  return 'nothing';
}
const catching = coroutine(thrown);

test('a coroutine function and a coroutine object are two things', () => {
  const object = greet();
  expect([type(greet), type(object), isCoroutineFunction(greet), isCoroutineFunction(sleep)]).toEqual([
    'function',
    'coroutine',
    true,
    true,
  ]);
  expect([isAwaitable(greet), isAwaitable(object), greet.name, object.name]).toEqual([false, true, 'hello', 'hello']);
  object.close();
});

test('calling executes nothing; send, throw and close control it like a generator', () => {
  const log: unknown[] = [];
  const body = coroutine(function* () {
    log.push('begins');
    try {
      yield* sleep(0);
      log.push('resumed');
      yield* sleep(0);
    } catch (error) {
      log.push((error as Error).message);
      return 'caught';
    } finally {
      log.push('finally');
    }
    return 'end';
  });
  const one = body();
  expect([log.length, getCoroutineState(one)]).toEqual([0, 'CORO_CREATED']);
  expect(one.send()).toEqual({ done: false, value: undefined });
  expect(getCoroutineState(one)).toBe('CORO_SUSPENDED');
  expect(one.send().done).toBe(false);
  expect(one.throw(new Error('thrown in'))).toEqual({ done: true, value: 'caught' });
  expect(getCoroutineState(one)).toBe('CORO_CLOSED');
  expect(() => one.send()).toThrow('cannot reuse already awaited coroutine');
  const two = body();
  two.send();
  two.close();
  expect(log).toEqual(['begins', 'resumed', 'thrown in', 'finally', 'begins', 'finally']);
  expect(() => body().send(1)).toThrow("can't send non-None value to a just-started coroutine");
});

test('close runs the finally blocks of every coroutine in the chain, innermost first', () => {
  const log: string[] = [];
  const inner = coroutine(function* () {
    try {
      yield* sleep(0);
    } finally {
      log.push('inner');
    }
  });
  const outer = coroutine(function* () {
    try {
      yield* inner();
    } finally {
      log.push('outer');
    }
  });
  const one = outer();
  one.send();
  one.close();
  one.close();
  expect(log).toEqual(['inner', 'outer']);
});

test('run of a function: something to await is required, and the note asks whether the call was forgotten', () => {
  let error: Error & { notes?: string[] } = new Error();
  try {
    void run(greet as never);
  } catch (caught) {
    error = caught as Error;
  }
  expect([error.name, error.message, error.notes]).toEqual([
    'TypeError',
    'An asyncio.Future, a coroutine or an awaitable is required',
    ['Did you forget to call it: run(hello())?'],
  ]);
});

test('a second await cannot reuse; one that is suspended elsewhere is already being awaited', async () => {
  const slow = coroutine(function* () {
    yield* sleep(1);
  });
  const main = coroutine(function* () {
    const once = greet();
    yield* once;
    const again = yield* thrown(() => once[Symbol.iterator]());
    const shared = slow();
    createTask(
      coroutine(function* () {
        yield* shared;
      })(),
    );
    yield* sleep(0);
    return [again, yield* thrown(() => shared[Symbol.iterator]())];
  });
  expect(await virtual(main())).toEqual([
    'RuntimeError: cannot reuse already awaited coroutine',
    'RuntimeError: coroutine is being awaited already',
  ]);
});

test('1: createTask of a function and wait of a coroutine are refused', async () => {
  const main = coroutine(function* () {
    const coro = greet();
    const words = [
      yield* catching(function* () {
        createTask(greet as never);
      }),
      yield* thrown(function* () {
        yield* wait([coro as never]);
      }),
      yield* thrown(function* () {
        yield* wait([]);
      }),
      yield* thrown(function* () {
        yield* wait(coro as never);
      }),
      yield* thrown(function* () {
        ensureFuture(42 as never);
      }),
    ];
    coro.close();
    return words;
  });
  expect(await virtual(main())).toEqual([
    'TypeError: a coroutine was expected, got <function hello>',
    'TypeError: Passing coroutines is forbidden, use tasks explicitly.',
    'ValueError: Set of Tasks/Futures is empty.',
    'TypeError: expect a list of futures, not coroutine',
    'TypeError: An asyncio.Future, a coroutine or an awaitable is required',
  ]);
});

test('2: gather of one coroutine twice gives its result twice; nothing can await itself', async () => {
  const main = coroutine(function* () {
    const one = greet();
    const twice = yield* gather(one, one);
    const box: { self?: Coroutine<void>; task?: Coroutine<void> } = {};
    const itself = coroutine(function* (): Generator<never, void, unknown> {
      yield* box.self as unknown as Generator<never, void, unknown>;
    });
    box.self = itself();
    const direct = yield* thrown(() => (box.self as Coroutine<void>)[Symbol.iterator]());
    const task = createTask(
      coroutine(function* () {
        yield* currentTask() as unknown as Coroutine<void>;
      })(),
    );
    return [twice, direct, (yield* thrown(() => task[Symbol.iterator]())).replace(/<Task.*/, '')];
  });
  expect(await virtual(main())).toEqual([
    ['hello', 'hello'],
    'ValueError: coroutine already executing',
    'RuntimeError: Task cannot await on itself: ',
  ]);
});

test('3: a coroutine that was given to a task may be awaited at once; then the task fails', async () => {
  const main = coroutine(function* () {
    const one = greet();
    const task = createTask(one);
    return [yield* one, yield* thrown(() => task[Symbol.iterator]())];
  });
  expect(await virtual(main())).toEqual(['hello', 'RuntimeError: cannot reuse already awaited coroutine']);
});

test('4: awaiting what never suspends does not give way', async () => {
  const log: string[] = [];
  const worker = coroutine(function* (name: string) {
    for (let i = 0; i < 2; i++) {
      log.push(name + i);
      yield* greet();
    }
  });
  await virtual(
    coroutine(function* () {
      yield* gather(worker('A'), worker('B'));
    })(),
  );
  expect(log).toEqual(['A0', 'A1', 'B0', 'B1']);
});

test('5: cancelled before its first step, a body never runs', async () => {
  const log: string[] = [];
  const body = coroutine(function* () {
    try {
      log.push('body');
    } finally {
      log.push('finally');
    }
  });
  const main = coroutine(function* () {
    const task = createTask(body());
    task.cancel('early');
    const words = yield* thrown(() => task[Symbol.iterator]());
    return [words, task.cancelling(), task.cancelled()];
  });
  expect(await virtual(main())).toEqual(['CancelledError: early', 1, true]);
  expect(log).toEqual([]);
});

test('6: two cancels give one CancelledError with the first message; swallowed, the count stays', async () => {
  const messages: string[] = [];
  const body = coroutine(function* () {
    try {
      yield* sleep(10);
    } catch (error) {
      messages.push((error as Error).message);
    }
    yield* sleep(1);
    return 'went on';
  });
  const main = coroutine(function* () {
    const task = createTask(body());
    yield* sleep(1);
    task.cancel('first');
    task.cancel('second');
    const counted = task.cancelling();
    const value = yield* waitOutcome(task);
    return [counted, value, task.cancelled(), task.cancelling()];
  });
  const outcome = await virtual(main());
  expect(messages[0]).toBe('first');
  expect(outcome).toEqual([2, 'nothing', false, 2]);
});

function* waitOutcome(task: { [Symbol.iterator](): Generator<Pending, unknown, unknown> }) {
  return yield* thrown(() => task[Symbol.iterator]());
}

test('7: self-cancel takes effect at the next real suspension; cancel then return means cancelled', async () => {
  const log: string[] = [];
  const main = coroutine(function* () {
    const suspends = createTask(
      coroutine(function* () {
        currentTask()?.cancel();
        yield* greet();
        log.push('after an await that does not suspend');
        yield* sleep(0);
        log.push('never');
      })(),
    );
    const returns = createTask(
      coroutine(function* () {
        currentTask()?.cancel();
        return 'value';
      })(),
    );
    yield* wait([suspends, returns]);
    return [suspends.cancelled(), returns.cancelled()];
  });
  expect(await virtual(main())).toEqual([true, true]);
  expect(log).toEqual(['after an await that does not suspend']);
});

test('8: cancelling a waiter cancels the awaited task and its other waiters', async () => {
  const main = coroutine(function* () {
    const inner = createTask(sleep(10));
    const awaits = coroutine(function* () {
      yield* inner;
    });
    const one = createTask(awaits());
    const two = createTask(awaits());
    yield* sleep(1);
    one.cancel();
    yield* wait([one, two]);
    return [inner.cancelled(), one.cancelled(), two.cancelled()];
  });
  expect(await virtual(main())).toEqual([true, true, true]);
});

test('9: gather throws the first error while siblings run on; cancelled, its own cancelled() is false', async () => {
  const log: string[] = [];
  const fail = coroutine(function* () {
    yield* sleep(1);
    throw new Error('first');
  });
  const sibling = coroutine(function* () {
    yield* sleep(2);
    log.push('sibling ran on');
  });
  const main = coroutine(function* () {
    const words = yield* thrown(() => gather(fail(), sibling())[Symbol.iterator]());
    yield* sleep(2);
    const group = gather(sleep(5), sleep(6), { returnExceptions: true });
    yield* sleep(1);
    group.cancel();
    const cancelled = yield* thrown(() => group[Symbol.iterator]());
    return [words, cancelled, group.cancelled()];
  });
  expect(await virtual(main())).toEqual(['Error: first', 'CancelledError: ', false]);
  expect(log).toEqual(['sibling ran on']);
});

test('10: a task group gathers errors, is silent about cancelled children, and passes a cancellation on bare', async () => {
  const fail = coroutine(function* (name: string) {
    throw new Error(name);
  });
  const main = coroutine(function* () {
    let group: unknown;
    try {
      yield* taskGroup(function* (tg) {
        tg.createTask(fail('a'));
        tg.createTask(fail('b'));
        tg.createTask(sleep(10));
        yield* sleep(5);
      });
    } catch (error) {
      group = error;
    }
    const parent = createTask(
      taskGroup(function* (tg) {
        tg.createTask(sleep(10));
      }),
    );
    yield* sleep(1);
    parent.cancel();
    const bare = yield* waitOutcome(parent);
    const silent = yield* taskGroup(function* (tg) {
      tg.createTask(sleep(10)).cancel();
      return 'silent';
    });
    return { group, bare, silent };
  });
  const { group, bare, silent } = await virtual(main());
  expect(group).toBeInstanceOf(ExceptionGroup);
  expect((group as Error).message).toBe('unhandled errors in a TaskGroup (2 sub-exceptions)');
  expect((group as ExceptionGroup).errors.map((error) => error.message)).toEqual(['a', 'b']);
  expect([bare, silent]).toEqual(['CancelledError: ', 'silent']);
});

test('11: a timeout that is swallowed inside is silent but expired; another error replaces it; -1 runs to the first suspension', async () => {
  const log: string[] = [];
  const main = coroutine(function* () {
    let expired = false;
    yield* timeout(1, function* (scope) {
      try {
        yield* sleep(5);
      } catch {
        expired = scope.expired();
      }
    });
    const other = yield* thrown(() =>
      timeout(1, function* () {
        try {
          yield* sleep(5);
        } catch {
          throw new Error('other');
        }
      })[Symbol.iterator](),
    );
    const past = yield* thrown(() =>
      timeout(-1, function* () {
        log.push('runs');
        yield* sleep(0);
        log.push('never');
      })[Symbol.iterator](),
    );
    return [expired, other, past];
  });
  expect(await virtual(main())).toEqual([true, 'Error: other', 'TimeoutError: ']);
  expect(log).toEqual(['runs']);
});

test('12: waitFor returns what a cancelled task answers; waitFor of 0 throws TimeoutError', async () => {
  const answers = coroutine(function* () {
    try {
      yield* sleep(10);
    } catch {
      return 'answer';
    }
    return 'late';
  });
  const main = coroutine(function* () {
    const zero = yield* thrown(() => waitFor(sleep(1), 0)[Symbol.iterator]());
    return [yield* waitFor(answers(), 1), zero, yield* waitFor(greet(), null)];
  });
  expect(await virtual(main())).toEqual(['answer', 'TimeoutError: ', 'hello']);
});

test('13: no lost wake-up: a woken and cancelled waiter hands on, and a cancelled getter leaves the item', async () => {
  const main = coroutine(function* () {
    const lock = new Lock();
    const held = yield* lock.acquire();
    const first = createTask(lock.acquire());
    const second = createTask(lock.acquire());
    yield* sleep(0);
    held[Symbol.dispose]();
    first.cancel();
    yield* second;
    const queue = new Queue<string>();
    const getter = createTask(queue.get());
    yield* sleep(0);
    queue.putNowait('item');
    getter.cancel();
    yield* wait([getter]);
    const future = getRunningLoop().createFuture<string>();
    const waiter = createTask(
      coroutine(function* () {
        return yield* future;
      })(),
    );
    yield* sleep(0);
    future.setResult('kept');
    waiter.cancel();
    yield* wait([waiter]);
    return [first.cancelled(), queue.getNowait(), waiter.cancelled(), future.result()];
  });
  expect(await virtual(main())).toEqual([true, 'item', true, 'kept']);
});

test('14: run cancels what is left over and waits for it', async () => {
  const log: string[] = [];
  const left = coroutine(function* () {
    try {
      yield* sleep(100);
    } finally {
      yield* sleep(1);
      log.push('cleaned up');
    }
  });
  const main = coroutine(function* () {
    createTask(left());
    yield* sleep(0);
    return allTasks().size;
  });
  expect(await virtual(main())).toBe(2);
  expect(log).toEqual(['cleaned up']);
});

test('15: an exception nobody retrieved is reported, one that was is not', async () => {
  const told: ExceptionContext[] = [];
  const fail = coroutine(function* (word: string) {
    throw new Error(word);
  });
  const main = coroutine(function* () {
    getRunningLoop().setExceptionHandler((_loop, context) => told.push(context));
    createTask(fail('lost'));
    const seen = createTask(fail('seen'));
    yield* sleep(1);
    seen.exception();
  });
  await virtual(main());
  expect(told.map(({ message, exception }) => [message, (exception as Error).message])).toEqual([
    ['Task exception was never retrieved', 'lost'],
  ]);
});

test('shield keeps the inner task from the cancellation of the outer', async () => {
  const main = coroutine(function* () {
    const inner = createTask(sleep(2, 'kept'));
    const outer = createTask(
      coroutine(function* () {
        yield* shield(inner);
      })(),
    );
    yield* sleep(1);
    outer.cancel();
    yield* wait([outer]);
    return [outer.cancelled(), yield* inner];
  });
  expect(await virtual(main())).toEqual([true, 'kept']);
});

test('asCompleted gives results in the order of their ends, and TimeoutError for what is late', async () => {
  const main = coroutine(function* () {
    const order: unknown[] = [];
    for (const next of asCompleted([sleep(3, 'c'), sleep(1, 'a'), sleep(2, 'b')])) order.push(yield* next);
    for (const next of asCompleted([sleep(1, 'in time'), sleep(9)], { timeout: 2 })) {
      try {
        order.push(yield* next);
      } catch (error) {
        order.push(error instanceof TimeoutError);
      }
    }
    return order;
  });
  expect(await virtual(main())).toEqual(['a', 'b', 'c', 'in time', true]);
});

test('awaits at depth 5,000 suspend, resume and fail as at depth 1', async () => {
  const deep: (depth: number) => Coroutine<number> = coroutine(function* (depth: number) {
    if (depth > 0) return 1 + (yield* deep(depth - 1));
    yield* sleep(1);
    return 0;
  });
  const fails: (depth: number) => Coroutine<void> = coroutine(function* (depth: number) {
    if (depth > 0) yield* fails(depth - 1);
    throw new CancelledError('from below');
  });
  const main = coroutine(function* () {
    return [yield* deep(5000), yield* thrown(() => fails(5000)[Symbol.iterator]())];
  });
  expect(await virtual(main())).toEqual([5000, 'CancelledError: from below']);
});

test('a queue that is shut down gives what it holds, or nothing at once; whoever puts, gets or joins is woken', async () => {
  const main = coroutine(function* () {
    const seen: unknown[] = [];
    for (const immediate of [false, true]) {
      const queue = new Queue<string>(1);
      queue.putNowait('held');
      const putter = createTask(queue.put('late'));
      const joiner = createTask(queue.join());
      yield* sleep(0);
      queue.shutdown({ immediate });
      seen.push(yield* thrown(() => putter[Symbol.iterator]()));
      seen.push(yield* thrown(() => queue.get()[Symbol.iterator]()));
      seen.push(
        yield* catching(function* () {
          queue.putNowait('later');
        }),
      );
      if (!immediate) queue.taskDone();
      yield* joiner;
      seen.push(yield* thrown(() => queue.get()[Symbol.iterator]()));
    }
    const waits = new Queue<string>();
    const getter = createTask(waits.get());
    yield* sleep(0);
    waits.shutdown();
    seen.push(yield* thrown(() => getter[Symbol.iterator]()));
    return seen;
  });
  expect(await virtual(main())).toEqual([
    'QueueShutDown: ',
    'nothing',
    'QueueShutDown: ',
    'QueueShutDown: ',
    ...Array.from({ length: 5 }, () => 'QueueShutDown: '),
  ]);
});

test('awaitables, futures, coroutines and coroutine functions are told apart', async () => {
  const main = coroutine(function* () {
    const coro = greet();
    const future = getRunningLoop().createFuture();
    // biome-ignore lint/suspicious/noThenProperty: what only looks like a thenable.
    const values = [greet, coro, future, createTask(sleep(0)), Promise.resolve(), 5, null, { then: 5 }];
    const told = values.map((value) =>
      [isAwaitable(value), isFuture(value), isCoroutine(value), isCoroutineFunction(value)].map(Number).join(''),
    );
    coro.close();
    return told;
  });
  expect(await virtual(main())).toEqual(['0001', '1010', '1100', '1100', '1000', '0000', '0000', '0000']);
});

test('a coroutine function and an async generator function are no constructors', () => {
  expect(() => new (greet as never as new () => object)()).toThrow(TypeError);
  const numbers = asyncGenerator(function* () {
    yield 1;
  });
  expect(() => new (numbers as never as new () => object)()).toThrow(TypeError);
});

test('stop ends the run at the end of the pass: it fails, and what is left is cancelled', async () => {
  const log: string[] = [];
  const main = coroutine(function* () {
    getRunningLoop().callSoon(() => log.push('the same pass'));
    getRunningLoop().stop();
    try {
      yield* sleep(1);
    } finally {
      log.push('finally');
    }
  });
  await expect(run(main(), { clock: 'virtual' })).rejects.toThrow('Event loop stopped before Future completed.');
  expect(log).toEqual(['the same pass', 'finally']);
});

test('stop ends a run of a Runner, whose tasks go on in the next', async () => {
  await using runner = new Runner({ clock: 'virtual' });
  const main = coroutine(function* () {
    createTask(sleep(0));
    runner.getLoop().stop();
    yield* sleep(1);
    return 'done';
  });
  await expect(runner.run(main())).rejects.toThrow('Event loop stopped before Future completed.');
  expect(await runner.run(sleep(2, 'next'))).toBe('next');
});

test('a cancellation goes through gathers of gathers, and of tasks that await gathers, at any depth', async () => {
  const awaits = coroutine(function* (inner: Awaitable<unknown>) {
    return yield* gather(inner);
  });
  const main = coroutine(function* (deeper: (inner: Future<unknown>) => Future<unknown>) {
    const sleeper = createTask(sleep(100));
    let outer: Future<unknown> = sleeper;
    for (let depth = 0; depth < 5_000; depth++) outer = deeper(outer);
    yield* sleep(0);
    const asked = outer.cancel('enough');
    try {
      yield* outer;
    } catch (error) {
      return [asked, sleeper.cancelled(), String(error)];
    }
    return 'not cancelled';
  });
  const cancelled = [true, true, 'CancelledError: enough'];
  expect(await run(main((inner) => gather(inner)))).toEqual(cancelled);
  expect(await run(main((inner) => gather(createTask(awaits(inner)))))).toEqual(cancelled);
});

test('a loop that a program makes runs by itself, beside others, until it is shut down', async () => {
  const loop = new Loop({ clock: 'real' });
  const main = coroutine(function* () {
    const inner = createTask(sleep(0, 'inner'));
    return [yield* inner, getRunningLoop() === loop];
  });
  const task = loop.createTask(main());
  expect([task.done(), loop.isRunning()]).toEqual([false, false]);
  expect(await task).toEqual(['inner', true]);
  await loop.shutdown(1);
  expect(() => loop.callSoon(() => {})).toThrow('Event loop is closed');
});
