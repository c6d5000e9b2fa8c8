// Lib/test/test_asyncgen.py and test_graph.py: see generators.py for the same in Python.
import {
  allTasks,
  anext,
  asyncGenerator,
  captureCallGraph,
  coroutine,
  createTask,
  ensureFuture,
  type Future,
  formatCallGraph,
  futureAddToAwaitedBy,
  futureDiscardFromAwaitedBy,
  gather,
  getRunningLoop,
  run,
  StopAsyncIteration,
  shield,
  sleep,
  type Task,
  taskGroup,
  timeout,
  ValueError,
  wait,
} from 'cokernel';
import { errorClass, now, outcome, print, raised, ticks } from '../judge.ts';

const ZeroDivisionError = errorClass('ZeroDivisionError');

const count = asyncGenerator(async function* (to: number = 3): AsyncGenerator<number, void, unknown> {
  try {
    for (let n = 0; n < to; n++) {
      const received = yield n;
      if (received !== undefined && received !== null) print('received', received);
      await sleep(0.1);
    }
  } finally {
    print('finally');
  }
});

export const AsyncGenAsyncioTest = {
  test_async_gen_asyncio_01: coroutine(async () => {
    const log: number[] = [];
    for await (const n of count()) log.push(n);
    print(log, now());
  }),

  test_async_gen_asyncio_02: coroutine(async () => {
    const gen = asyncGenerator(async function* () {
      yield 1;
      await sleep(0.1);
      throw new ZeroDivisionError('in it');
    });
    const body = coroutine(async () => {
      const log: number[] = [];
      try {
        for await (const n of gen()) log.push(n);
      } finally {
        print(log);
      }
    });
    print(await outcome(body()));
  }),

  test_async_gen_asyncio_anext_04: coroutine(async () => {
    const gen = count(2);
    print(await anext(gen), await anext(gen), await outcome(anext(gen)), await outcome(anext(gen)));
  }),

  test_async_gen_asyncio_anext_05: coroutine(async () => {
    const gen = count();
    print(await anext(gen));
    print(await outcome(gen.athrow(new ValueError('thrown'))));
    print(await outcome(anext(gen)));
  }),

  test_async_gen_asyncio_anext_06: coroutine(async () => {
    const gen = asyncGenerator(async function* () {
      yield 1;
      yield 2;
    });
    const one = gen();
    print(await anext(one), await anext(one), await anext(one, 'default'), await anext(one, 'again'));
  }),

  test_anext_return_generator: coroutine(async () => {
    print(await anext(count(0), 'none'));
  }),

  test_anext_await_raises: coroutine(async () => {
    const gen = asyncGenerator(async function* (fail: boolean) {
      if (fail) throw new ValueError('at once');
      yield 1;
    });
    print(await outcome(anext(gen(true), 'default')));
  }),

  test_async_gen_asyncio_aclose_06: coroutine(async () => {
    const gen = asyncGenerator(async function* () {
      try {
        yield 1;
      } finally {
        await sleep(0.1);
        print('closed', now());
      }
    });
    const one = gen();
    print(await anext(one), await one.aclose(), await outcome(anext(one)));
  }),

  test_async_gen_asyncio_aclose_07: coroutine(async () => {
    const gen = asyncGenerator(async function* () {
      try {
        await sleep(0);
        yield 1;
      } finally {
        await sleep(0);
        print('done');
      }
    });
    const one = gen();
    await anext(one);
    print(await one.aclose());
  }),

  test_async_gen_asyncio_aclose_08: coroutine(async () => {
    const gen = asyncGenerator(async function* () {
      try {
        yield 1;
      } finally {
        yield 2;
      }
    });
    const one = gen();
    await anext(one);
    print(await outcome(one.aclose()));
  }),

  test_async_gen_asyncio_aclose_10: coroutine(async () => {
    const gen = asyncGenerator(async function* () {
      yield 1;
    });
    const one = gen();
    print(await one.aclose(), await outcome(anext(one)));
  }),

  test_async_gen_asyncio_aclose_11: coroutine(async () => {
    const gen = asyncGenerator(async function* () {
      try {
        yield 1;
      } catch (error) {
        print(error);
      }
    });
    const one = gen();
    await anext(one);
    print(await outcome(one.athrow(new ValueError('caught'))));
  }),

  test_async_gen_asyncio_asend_01: coroutine(async () => {
    const gen = asyncGenerator(async function* (): AsyncGenerator<unknown, void, unknown> {
      let value: unknown = yield 1;
      while (value !== 'stop') value = yield [value, 'back'];
    });
    const one = gen();
    print(await one.asend(), await one.asend('a'), await one.asend('b'), await outcome(one.asend('stop')));
  }),

  test_async_gen_asyncio_asend_02: coroutine(async () => {
    print(await outcome(count().asend(5)));
  }),

  test_async_gen_asyncio_asend_03: coroutine(async () => {
    const gen = asyncGenerator(async function* (): AsyncGenerator<number, void, unknown> {
      try {
        const value = yield 1;
        print('got', value);
        await sleep(0.1);
        yield 2;
      } finally {
        print('closed');
      }
    });
    const one = gen();
    print(await one.asend(), await one.asend(100));
    await one.aclose();
  }),

  test_async_gen_asyncio_athrow_01: coroutine(async () => {
    const gen = asyncGenerator(async function* () {
      for (;;) {
        try {
          yield 1;
        } catch (error) {
          if (!(error instanceof ValueError)) throw error;
          await sleep(0.1);
          yield `caught ${error.message}`;
        }
      }
    });
    const one = gen();
    print(await anext(one), await one.athrow(new ValueError('a')), await anext(one));
    print(await outcome(one.athrow(new TypeError('b'))), await outcome(anext(one)));
  }),

  test_async_gen_asyncio_athrow_02: coroutine(async () => {
    const gen = asyncGenerator(async function* () {
      print('never');
      yield 1;
    });
    const one = gen();
    print(await outcome(one.athrow(new ValueError('early'))), await outcome(anext(one)));
  }),

  test_async_gen_asyncio_athrow_03: coroutine(async () => {
    const gen = asyncGenerator(async function* () {
      try {
        yield 1;
      } catch {}
    });
    const one = gen();
    await anext(one);
    print(await outcome(one.athrow(new ValueError('swallowed'))));
  }),

  test_our_async_gen_exception_stopasynciteration: coroutine(async () => {
    const gen = asyncGenerator(async function* () {
      yield 1;
      throw new StopAsyncIteration('mine');
    });
    const one = gen();
    print(await anext(one), await outcome(anext(one)));
  }),

  test_async_gen_asyncio_shutdown_01: async () => {
    const log: number[] = [];
    const waiter = asyncGenerator(async function* (seconds: number) {
      try {
        await sleep(seconds);
        yield 1;
        await sleep(seconds);
      } finally {
        await sleep(0.1);
        log.push(seconds);
      }
    });
    const main = coroutine(async () => {
      for (const gen of [waiter(0.1), waiter(0.2)]) await anext(gen);
    });
    await run(main());
    print(log.sort());
  },

  test_async_gen_asyncio_shutdown_exception_01: async () => {
    const waiter = asyncGenerator(async function* (error: Error) {
      try {
        yield 1;
      } finally {
        // biome-ignore lint/correctness/noUnsafeFinally: what happens then is the point.
        throw error;
      }
    });
    const main = coroutine(async () => {
      getRunningLoop().setExceptionHandler((_loop, context) => print(context.exception));
      await anext(waiter(new ZeroDivisionError('while closing')));
    });
    await run(main());
  },

  test_async_gen_await_same_anext_coro_twice: coroutine(async () => {
    const gen = asyncGenerator(async function* () {
      yield 1;
      yield 2;
    });
    const step = gen().asend();
    print(await outcome(step), (await outcome(step)).split('(')[0]);
  }),

  test_async_gen_aclose_twice_with_different_coros: coroutine(async () => {
    const one = count();
    await anext(one);
    print(await one.aclose(), await one.aclose());
  }),

  test_async_gen_aclose_after_exhaustion: coroutine(async () => {
    const one = count(1);
    for await (const n of one) print(n);
    print(await one.aclose());
  }),

  test_our_concurrent_anext: coroutine(async () => {
    const one = count();
    const take = coroutine(async () => await anext(one));
    await anext(one);
    const first = createTask(take());
    await ticks();
    print(await outcome(take()));
    print(await first);
  }),

  test_our_cancelled_anext: coroutine(async () => {
    const gen = asyncGenerator(async function* () {
      try {
        yield 1;
        await sleep(10);
        yield 2;
      } catch (error) {
        print(error);
        throw error;
      }
    });
    const one = gen();
    await anext(one);
    const task = ensureFuture(outcome(anext(one)));
    await ticks();
    task.cancel('why');
    print(await outcome(task), await outcome(anext(one)));
  }),

  test_our_timeout_in_generator: coroutine(async () => {
    const gen = asyncGenerator(async function* () {
      await timeout(0.05, async () => {
        await sleep(1);
      });
      yield 1;
    });
    print(await outcome(anext(gen())), now());
  }),

  test_our_two_generators_interleaved: coroutine(async () => {
    const log: string[] = [];
    const gen = asyncGenerator(async function* (name: string, seconds: number) {
      for (let n = 0; n < 3; n++) {
        await sleep(seconds);
        yield `${name}${n}`;
      }
    });
    const take = coroutine(async (one: ReturnType<typeof gen>) => {
      for await (const item of one) log.push(item as string);
    });
    await gather(take(gen('a', 0.1)), take(gen('b', 0.15)));
    print(log, now());
  }),

  test_our_delegating_generator: coroutine(async () => {
    const inner = asyncGenerator(async function* () {
      yield 1;
      yield 2;
    });
    const outer = asyncGenerator(async function* () {
      for await (const n of inner()) yield n * 10;
      yield 'end';
    });
    const log: unknown[] = [];
    for await (const n of outer()) log.push(n);
    print(log);
  }),

  test_aiter_idempotent: coroutine(async () => {
    const one = count();
    print(one[Symbol.asyncIterator]() === one);
    await one.aclose();
  }),
};

const named = (name: string): Task<unknown> => [...allTasks()].find((task) => task.getName() === name) as Task<unknown>;

const awaiters = (of: Future<unknown>): string[] =>
  captureCallGraph(of).awaitedBy.map(({ future }) => (future as Task<unknown>).getName());

const second = coroutine(async () => {
  await sleep(1);
});

/** The lines of a call graph that name tasks and futures; what they stand in differs. */
const shape = (of: Future<unknown>): void => {
  for (const line of formatCallGraph(of).split('\n')) if (/^ *[*]|Awaited by/.test(line)) print(line);
};

export const CallStackTestBase = {
  test_our_simple_await: coroutine(async () => {
    const seen: string[][] = [];
    const inner = coroutine(async () => {
      seen.push(captureCallGraph()?.callStack.map(({ name }) => name) ?? []);
    });
    const outer = coroutine(async () => {
      await inner();
    });
    await createTask(outer());
    print(seen);
  }),

  test_stack_task: coroutine(async () => {
    const outer = coroutine(async () => {
      await createTask(second(), { name: 'inner' });
    });
    const task = createTask(outer(), { name: 'outer' });
    await ticks(2);
    print(awaiters(named('inner')));
    await task;
  }),

  test_stack_gather: coroutine(async () => {
    const outer = coroutine(async () => {
      await gather(createTask(second(), { name: 'inner' }));
    });
    const task = createTask(outer(), { name: 'outer' });
    await ticks(2);
    print(awaiters(named('inner')));
    await task;
  }),

  test_stack_tgroup: coroutine(async () => {
    const outer = coroutine(async () => {
      await taskGroup(async (tg) => void tg.createTask(second(), { name: 'inner' }));
    });
    const task = createTask(outer(), { name: 'outer' });
    await ticks(2);
    print(awaiters(named('inner')));
    await task;
  }),

  test_stack_shield: coroutine(async () => {
    const inner = createTask(second(), { name: 'inner' });
    const shields = coroutine(async () => {
      await shield(inner);
    });
    const waits = coroutine(async () => {
      await wait([inner]);
    });
    const tasks = [createTask(shields(), { name: 'shields' }), createTask(waits(), { name: 'waits' })];
    await ticks(2);
    print(awaiters(inner as Task<unknown>).sort());
    await gather(tasks);
  }),

  test_our_future_add_to_awaited_by: coroutine(async () => {
    const inner = createTask(second(), { name: 'inner' }) as Task<unknown>;
    const outer = createTask(second(), { name: 'outer' }) as Task<unknown>;
    await ticks();
    futureAddToAwaitedBy(inner, outer);
    print(awaiters(inner));
    futureDiscardFromAwaitedBy(inner, outer);
    print(awaiters(inner));
    await gather(inner, outer);
  }),

  test_our_future_that_was_said_to_wait: coroutine(async () => {
    const between = getRunningLoop().createFuture();
    const inner = createTask(second(), { name: 'inner' }) as Task<unknown>;
    futureAddToAwaitedBy(inner, between);
    shape(inner);
    const waits = coroutine(async () => {
      await between;
    });
    const outer = createTask(waits(), { name: 'outer' });
    await ticks(2);
    shape(inner);
    print(captureCallGraph(inner).awaitedBy[0]?.future === between);
    futureDiscardFromAwaitedBy(inner, between);
    shape(inner);
    between.setResult(null);
    await gather(inner, outer);
  }),

  test_our_outside_of_a_loop: () => print(raised(() => captureCallGraph())),

  test_our_in_a_callback: coroutine(async () => {
    getRunningLoop().callSoon(() => print(captureCallGraph()));
    await ticks();
  }),

  test_stack_future: coroutine(async () => {
    const deep = coroutine(async (future: Future<unknown>) => {
      await future;
    });
    const a = coroutine(async (future: Future<unknown>) => {
      await deep(future);
    });
    const future = getRunningLoop().createFuture();
    const tasks = [createTask(a(future), { name: 'a' }), createTask(deep(future), { name: 'b' })];
    await ticks();
    const graph = captureCallGraph(future);
    print(graph.callStack);
    for (const one of graph.awaitedBy) {
      print(
        (one.future as Task<unknown>).getName(),
        one.callStack.map(({ name }) => name),
      );
    }
    future.setResult(null);
    await gather(tasks);
  }),

  test_our_print_call_graph: coroutine(async () => {
    const body = coroutine(async () => {
      await sleep(1);
    });
    const task = createTask(body(), { name: 'named' });
    await ticks();
    const text = formatCallGraph(task);
    print(
      text
        .split('\n')
        .map((line) => line.split('(')[0])
        .slice(0, 2),
      text.includes("name='named'"),
    );
    task.cancel();
  }),
};
