// test_runners.py: see runners.py for the same in Python.
import {
  asyncGenerator,
  ContextVar,
  type Coroutine,
  copyContext,
  coroutine,
  createTask,
  currentTask,
  getRunningLoop,
  Loop,
  Runner,
  type RunOptions,
  run,
  sleep,
  type Task,
  ValueError,
} from 'cokernel';
import { errorClass, handler, native, now, print, raised, show } from '../judge.ts';

const ZeroDivisionError = errorClass('ZeroDivisionError');

const value = coroutine(async <T>(result: T, seconds = 0) => {
  await sleep(seconds);
  return result;
});

const crash = coroutine(async (error: Error) => {
  await sleep(0);
  throw error;
});

/** How a run ends; what it throws may come at the call or by its promise. */
async function ended(coro: unknown, options: RunOptions = {}): Promise<string> {
  return settled(() => run(coro as Coroutine<unknown>, options));
}

async function settled(call: () => unknown): Promise<string> {
  try {
    return show(await call());
  } catch (error) {
    return show(error);
  }
}

/** A runner for the block, closed at its end. */
async function withRunner(work: (runner: Runner) => unknown, options: RunOptions = {}): Promise<Runner> {
  const runner = new Runner(options);
  await work(runner);
  await runner.close();
  return runner;
}

/** What run and Runner are to take, for the cases that are listed in known.ts until they do. */
const loopFactory = (make: () => Loop): RunOptions => ({ loopFactory: make }) as unknown as RunOptions;

export const RunTests = {
  test_asyncio_run_return: async () => print(await run(value(42))),

  test_asyncio_run_raises: async () => print(await ended(crash(new ValueError('spam')))),

  test_asyncio_run_only_coro: async () => print(await ended(1), await ended(value)),

  test_asyncio_run_debug: async () => {
    const main = coroutine(async () => getRunningLoop().getDebug());
    print(await run(main()), await run(main(), { debug: true }), await run(main(), { debug: false }));
  },

  test_asyncio_run_from_running_loop: async () => {
    const main = coroutine(async () => {
      const coro = value(1);
      try {
        run(coro);
      } finally {
        coro.close();
      }
    });
    print(await ended(main()));
  },

  test_asyncio_run_cancels_hanging_tasks: async () => {
    const tasks: Task<unknown>[] = [];
    const main = coroutine(async () => {
      tasks.push(createTask(value(1, 0.1)));
      return 123;
    });
    print(await run(main()), tasks[0]?.done(), tasks[0]?.cancelled());
  },

  test_asyncio_run_reports_hanging_tasks_errors: async () => {
    const tasks: Task<unknown>[] = [];
    const leftover = coroutine(async () => {
      try {
        await sleep(0.1);
      } catch {
        throw new ZeroDivisionError('left over');
      }
    });
    const main = coroutine(async () => {
      getRunningLoop().setExceptionHandler(handler);
      tasks.push(createTask(leftover()));
      await sleep(0);
      return 123;
    });
    print(await run(main()), tasks[0]?.done());
  },

  test_asyncio_run_closes_gens_after_hanging_tasks_errors: async () => {
    const FancyExit = errorClass('FancyExit');
    const fidget = asyncGenerator(async function* () {
      try {
        for (;;) {
          yield 1;
          await sleep(1);
        }
      } finally {
        print('closed');
      }
    });
    const spinner = fidget();
    const spin = coroutine(async () => {
      try {
        for (;;) await spinner.next();
      } catch {
        throw new ZeroDivisionError('spin');
      }
    });
    const main = coroutine(async () => {
      getRunningLoop().setExceptionHandler(handler);
      createTask(spin());
      await sleep(0);
      throw new FancyExit('main');
    });
    print(await ended(main()));
  },

  test_our_asyncio_run_leaves_tasks_of_timers: async () => {
    const tasks: Task<unknown>[] = [];
    const left = coroutine(async (name: string) => {
      try {
        await sleep(10);
      } finally {
        print('finally', name);
      }
    });
    const make = (name: string) => void tasks.push(getRunningLoop().createTask(left(name)));
    const main = coroutine(async () => {
      const loop = getRunningLoop();
      loop.callLater(0.1, make, 'timer');
      loop.callSoon(make, 'soon');
      const done = loop.createFuture<null>();
      done.addDoneCallback(() => make('callback'));
      done.setResult(null);
      await sleep(0.2);
      return 'main';
    });
    print(
      await run(main()),
      tasks.map((task) => task.cancelled()),
    );
  },

  test_our_asyncio_run_loop_is_closed: async () => {
    const main = coroutine(async () => getRunningLoop());
    const loop = await run(main());
    print(
      loop.isClosed(),
      loop.isRunning(),
      raised(() => loop.callSoon(print)),
    );
  },

  test_our_asyncio_run_cancelled_main: async () => {
    const main = coroutine(async () => {
      currentTask()?.cancel('myself');
      await sleep(1);
    });
    print(await ended(main()));
  },

  test_our_asyncio_run_twice: async () => print(await run(value(1)), await run(value(2))),

  test_our_asyncio_run_finally_awaits: async () => {
    const left = coroutine(async () => {
      try {
        await sleep(10);
      } finally {
        await sleep(1);
        print('finally', now());
      }
    });
    const main = coroutine(async () => {
      createTask(left());
      await sleep(0);
      return 'main';
    });
    print(await run(main()));
  },

  test_asyncio_run_loop_factory: async () => {
    const loops: Loop[] = [];
    const make = () => {
      loops.push(new Loop());
      return loops[0] as Loop;
    };
    const main = coroutine(async () => getRunningLoop() === loops[0]);
    print(await run(main(), loopFactory(make)), loops[0]?.isClosed());
  },
};

export const RunnerTests = {
  test_non_debug: async () => {
    await withRunner((runner) => print(runner.getLoop().getDebug()), { debug: false });
  },

  test_debug: async () => {
    await withRunner((runner) => print(runner.getLoop().getDebug()), { debug: true });
  },

  test_custom_factory: async () => {
    const loop = new Loop();
    await withRunner(
      async (runner) => {
        print(runner.getLoop() === loop, await runner.run(value('done')));
      },
      loopFactory(() => loop),
    );
    print(loop.isClosed());
  },

  test_run: async () => {
    const loops: Loop[] = [];
    const runner = await withRunner(async (runner) => {
      print(await runner.run(value('done')));
      loops.push(runner.getLoop());
    });
    print(
      raised(() => runner.getLoop()),
      loops[0]?.isClosed(),
    );
  },

  test_run_non_coro: async () => {
    await withRunner(async (runner) => print(await settled(() => runner.run(123 as never))));
  },

  test_our_run_explicit_close: async () => {
    const runner = new Runner();
    const loop = runner.getLoop();
    await runner.close();
    print(
      raised(() => runner.getLoop()),
      loop.isClosed(),
    );
  },

  test_double_close: async () => {
    const runner = new Runner();
    const loop = runner.getLoop();
    await runner.close();
    await runner.close();
    print(loop.isClosed());
  },

  test_second_with_block_raises: async () => {
    const runner = await withRunner(async (runner) => print(await runner.run(value(1))));
    const coro = value(2);
    print(await settled(() => runner.run(coro)));
    coro.close();
  },

  test_run_keeps_context: async () => {
    const variable = new ContextVar('var', { default: -1 });
    const put = coroutine(async (next: number) => {
      const old = variable.get();
      await sleep(0);
      variable.set(next);
      return old;
    });
    await withRunner(async (runner) => {
      print(await runner.run(put(1)), await runner.run(put(2)), await runner.run(put(3)));
    });
    print(variable.get());
  },

  test_our_run_explicit_context: async () => {
    const variable = new ContextVar('var', { default: -1 });
    const context = copyContext();
    const put = coroutine(async (next: number) => {
      const old = variable.get();
      variable.set(next);
      return old;
    });
    await withRunner(async (runner) => {
      print(await runner.run(put(1), { context }), await runner.run(put(2), { context }), await runner.run(put(3)));
    });
    print(context.get(variable));
  },

  test_recursive_run: async () => {
    await withRunner(async (runner) => {
      const main = coroutine(async () => {
        const coro = value(1);
        try {
          await native(runner.run(coro));
        } finally {
          coro.close();
        }
      });
      print(await settled(() => runner.run(main())));
    });
  },

  test_our_left_over_goes_on: async () => {
    const log: number[] = [];
    const background = coroutine(async () => {
      try {
        for (;;) {
          await sleep(0.1);
          log.push(now());
        }
      } finally {
        print('finally', now());
      }
    });
    const main = coroutine(async () => {
      createTask(background());
      await sleep(0.25);
    });
    await withRunner(async (runner) => {
      await runner.run(main());
      print(log);
      await runner.run(value(null, 0.2));
      print(log);
    });
    print('closed');
  },

  test_our_close_cancels_tasks_of_callbacks: async () => {
    const left = coroutine(async () => {
      try {
        await sleep(10);
      } finally {
        print('finally');
      }
    });
    await withRunner(async (runner) => {
      const loop = runner.getLoop();
      loop.callSoon(() => loop.createTask(left()));
      await runner.run(value(null, 0.1));
    });
    print('closed');
  },

  test_our_run_awaitable: async () => {
    await withRunner(async (runner) => {
      const future = runner.getLoop().createFuture<string>();
      future.setResult('done');
      print(await settled(() => runner.run(future as never)));
    });
  },
};
