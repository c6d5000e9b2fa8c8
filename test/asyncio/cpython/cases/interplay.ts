// How parts of the library go together, where one of them fails, is cancelled or comes late: see interplay.py.
import {
  allTasks,
  anext,
  asCompleted,
  asyncGenerator,
  Barrier,
  CancelledError,
  Condition,
  ContextVar,
  coroutine,
  createTask,
  currentTask,
  Event,
  ExceptionGroup,
  eagerTaskFactory,
  gather,
  getRunningLoop,
  PriorityQueue,
  Queue,
  QueueShutDown,
  Runner,
  RuntimeError,
  run,
  Semaphore,
  shield,
  sleep,
  type Task,
  TimeoutError,
  taskGroup,
  timeout,
  ValueError,
  waitFor,
} from 'cokernel';
import { errorClass, handler, native, now, outcome, print, raised } from '../judge.ts';

const KeyError = errorClass('KeyError');

const slow = coroutine(async <T>(name: T, seconds = 10) => {
  try {
    await sleep(seconds);
    return name;
  } catch (error) {
    if (error instanceof CancelledError) print(now(), 'cancelled', name);
    throw error;
  } finally {
    print(now(), 'finally', name);
  }
});

const fails = coroutine(async (error: Error, seconds = 0): Promise<unknown> => {
  await sleep(seconds);
  throw error;
});

const ended = async (work: PromiseLike<unknown>): Promise<string> => {
  try {
    const value = await work;
    return raised(() => value);
  } catch (error) {
    return raised(() => {
      throw error;
    });
  }
};

export const GroupTests = {
  test_our_group_in_timeout_with_queue_shutdown: coroutine(async () => {
    const queue = new Queue<number>(1);
    const worker = coroutine(async (name: string) => {
      try {
        for (;;) {
          const item = await queue.get();
          print(now(), name, item);
          await sleep(1);
          queue.taskDone();
        }
      } catch (error) {
        if (!(error instanceof QueueShutDown)) throw error;
        print(now(), name, 'shut down');
      }
    });
    const producer = coroutine(async () => {
      for (let item = 0; item < 10; item++) await queue.put(item);
    });
    const body = coroutine(async () => {
      await timeout(2.5, async () => {
        await taskGroup(async (group) => {
          group.createTask(worker('a'));
          group.createTask(worker('b'));
          const producing = group.createTask(producer());
          producing.addDoneCallback(() => queue.shutdown());
        });
      });
    });
    print(await outcome(body()), queue.qsize());
  }),

  test_our_group_with_queue_shut_down_at_once: coroutine(async () => {
    const queue = new Queue<number>(3);
    for (let item = 0; item < 3; item++) queue.putNowait(item);
    let putters: Task<string>[] = [];
    let joiner: Task<string> | undefined;
    await taskGroup(async (group) => {
      putters = [0, 1].map((item) => group.createTask(outcome(queue.put(item))));
      joiner = group.createTask(outcome(queue.join()));
      await sleep(1);
      queue.shutdown({ immediate: true });
    });
    print(
      putters.map((task) => task.result()),
      joiner?.result(),
    );
    const refused = [raised(() => queue.putNowait(1)), raised(() => queue.getNowait())];
    print(await outcome(queue.put(1)), await outcome(queue.get()), ...refused);
  }),

  test_our_groups_in_one_another_fail_together: coroutine(async () => {
    const body = coroutine(async () => {
      await taskGroup(async (outer) => {
        outer.createTask(fails(new ValueError('outer'), 1));
        await taskGroup(async (inner) => {
          inner.createTask(fails(new KeyError('inner'), 1));
          inner.createTask(slow('inner'));
        });
      });
    });
    print(await outcome(body()));
  }),

  test_our_except_star_leaves_the_rest: coroutine(async () => {
    const body = coroutine(async () => {
      try {
        await taskGroup(async (group) => {
          for (const error of [new ValueError('v'), new TypeError('t'), new RuntimeError('r')]) {
            group.createTask(fails(error));
          }
        });
      } catch (error) {
        if (!(error instanceof ExceptionGroup)) throw error;
        const [caught, rest] = error.split((one) => one instanceof ValueError || one instanceof TypeError);
        print('caught', caught);
        if (rest !== null) throw rest;
      }
    });
    print(await outcome(body()));
  }),

  test_our_group_body_fails_while_a_child_swallows: coroutine(async () => {
    const stubborn = coroutine(async () => {
      try {
        await sleep(10);
      } catch {
        await sleep(1);
      }
      return 'anyway';
    });
    const body = coroutine(async () => {
      await taskGroup(async (group) => {
        const child = group.createTask(stubborn());
        await sleep(0);
        try {
          throw new ValueError('body');
        } finally {
          print('leaving', child.done());
        }
      });
    });
    print(await outcome(body()), now());
  }),

  test_our_cancelled_while_the_group_waits_for_clean_up: coroutine(async () => {
    const cleans = coroutine(async () => {
      try {
        await sleep(10);
      } finally {
        try {
          await sleep(1);
        } catch (error) {
          print(now(), 'cancelled twice');
          // biome-ignore lint/correctness/noUnsafeFinally: what Python does too
          throw error;
        }
      }
    });
    const body = coroutine(async () => {
      await taskGroup(async (group) => {
        group.createTask(cleans());
        group.createTask(fails(new ValueError('one'), 0.5));
      });
    });
    const task = createTask(body());
    await sleep(1);
    task.cancel('from outside');
    print(await outcome(task), now(), task.cancelling());
  }),

  test_our_cancel_in_aexit_of_a_manager: coroutine(async () => {
    const leaves = coroutine(async () => {
      print(now(), 'leaving');
      await sleep(1);
      print(now(), 'left');
    });
    const body = coroutine(async () => {
      await using _ = { [Symbol.asyncDispose]: () => leaves() };
      await sleep(1);
    });
    const task = createTask(body());
    await sleep(1.5);
    task.cancel('late');
    print(await outcome(task), now());
  }),

  test_our_group_of_eager_tasks: coroutine(async () => {
    const loop = getRunningLoop();
    loop.setTaskFactory(eagerTaskFactory);
    const quick = coroutine(async (name: string) => {
      print('in', name);
      return name;
    });
    const body = coroutine(async () => {
      await taskGroup(async (group) => {
        const one = group.createTask(quick('one'));
        print('one', one.done());
        const two = group.createTask(slow('two', 1));
        print('two', two.done());
        const three = group.createTask(fails(new ValueError('three')));
        print('three', three.done());
      });
    });
    print(await outcome(body()));
    loop.setTaskFactory(null);
  }),

  test_our_eager_task_that_fails_at_once: coroutine(async () => {
    getRunningLoop().setTaskFactory(eagerTaskFactory);
    const bad = coroutine(async (): Promise<unknown> => {
      throw new ValueError('at once');
    });
    const body = coroutine(async () => {
      await taskGroup(async (group) => {
        group.createTask(bad());
        print('after the first');
        print(raised(() => group.createTask(slow('second', 1))).split('(')[0]);
        await sleep(0);
        print('not reached');
      });
    });
    print(await outcome(body()));
    print(await outcome(gather(bad(), slow('third', 1), { returnExceptions: true })));
    getRunningLoop().setTaskFactory(null);
  }),
};

export const TimeoutTests = {
  test_our_timeouts_in_one_another_at_one_time: coroutine(async () => {
    const body = coroutine(async () => {
      await timeout(1, async (outer) => {
        let expired = false;
        try {
          await timeout(1, async (inner) => {
            try {
              await sleep(5);
            } finally {
              expired = inner.expired();
            }
          });
        } catch (error) {
          if (!(error instanceof TimeoutError)) throw error;
          print('inner', outer.expired(), expired);
        }
        await sleep(0);
        print('goes on');
      });
    });
    print(await outcome(body()));
  }),

  test_our_outer_timeout_while_the_inner_cleans_up: coroutine(async () => {
    const body = coroutine(async () => {
      await timeout(1.5, async () => {
        try {
          await timeout(1, async () => {
            try {
              await sleep(5);
            } finally {
              await sleep(5);
            }
          });
        } catch (error) {
          if (!(error instanceof TimeoutError)) throw error;
          print('inner');
        }
      });
    });
    print(await outcome(body()), now(), currentTask()?.cancelling());
  }),

  test_our_reschedule_while_expiring: coroutine(async () => {
    const body = coroutine(async () => {
      await timeout(1, async (scope) => {
        print(scope);
        await sleep(0.5);
        scope.reschedule(getRunningLoop().time() + 2);
        print(scope, scope.when());
        await sleep(1);
        scope.reschedule(null);
        print(scope, scope.when());
        await sleep(5);
        scope.reschedule(0);
        print(scope);
        try {
          await sleep(1);
        } finally {
          print(
            scope,
            raised(() => scope.reschedule(9)),
          );
        }
      });
    });
    print(await outcome(body()), now());
  }),

  test_our_uncancel_in_a_timeout: coroutine(async () => {
    const body = coroutine(async () => {
      const task = currentTask();
      try {
        await timeout(1, async () => {
          try {
            await sleep(5);
          } catch {
            print('uncancel', task?.uncancel());
            await sleep(1);
            print('slept');
          }
        });
      } catch (error) {
        if (!(error instanceof TimeoutError)) throw error;
        print('timeout');
      }
      print(task?.cancelling(), now());
    });
    print(await outcome(createTask(body())));
  }),

  test_our_cancel_and_timeout_at_one_time: coroutine(async () => {
    const body = coroutine(async () => {
      await timeout(1, async () => {
        await sleep(5);
      });
    });
    const task = createTask(body());
    await sleep(0);
    getRunningLoop().callAt(1, (message: string) => task.cancel(message), 'by hand');
    print(await outcome(task), task.cancelled(), task.cancelling());
  }),

  test_our_wait_for_in_wait_for: coroutine(async () => {
    print(await outcome(waitFor(waitFor(slow('in', 5), 2), 1)), now());
    print(await outcome(waitFor(waitFor(slow('in', 5), 1), 2)), now());
    print(await outcome(waitFor(shield(slow('kept', 1)), 0.5)), now());
    await sleep(1);
  }),

  test_our_uncancel_by_count: coroutine(async () => {
    const body = coroutine(async () => {
      const me = currentTask() as Task<unknown>;
      for (let n = 0; n < 3; n++) me.cancel();
      print(me.cancelling(), me.uncancel(), me.uncancel());
      try {
        await sleep(0);
      } catch {
        print('still cancelled', me.uncancel(), me.uncancel());
      }
      me.cancel();
      me.uncancel();
      await sleep(0);
      return 'taken back';
    });
    print(await outcome(createTask(body())));
  }),

  test_our_as_completed_with_timeout_goes_on: coroutine(async () => {
    const tasks = [3, 1, 2].map((n) => createTask(slow(n, n)));
    try {
      for (const one of asCompleted(tasks, { timeout: 2.5 })) print(await one);
    } catch (error) {
      const done = tasks.map((task) => task.done());
      print('timeout', error, done);
    }
    print(await outcome(tasks[0] as Task<number>));
  }),

  test_our_as_completed_of_mixed: coroutine(async () => {
    const future = getRunningLoop().createFuture<unknown>();
    future.setResult('there');
    const failing = createTask(fails(new ValueError('no'), 1));
    const cancelled = createTask(slow('c')) as Task<unknown>;
    cancelled.cancel();
    for await (const one of asCompleted([future, failing, cancelled, future])) {
      print(one === future, one === failing, one === cancelled, await outcome(one as Task<unknown>));
    }
  }),
};

export const GeneratorTests = {
  test_our_aclosing_after_a_break: coroutine(async () => {
    const numbers = asyncGenerator(async function* () {
      try {
        for (let n = 0; n < 5; n++) {
          yield n;
          await sleep(1);
        }
      } finally {
        print(now(), 'closing');
        await sleep(1);
        print(now(), 'closed');
      }
    });
    const source = numbers();
    for await (const n of source) {
      print(n);
      if (n === 1) break;
    }
    print(now(), await outcome(anext(source, 'none')));
  }),

  test_our_task_cancelled_in_a_generator: coroutine(async () => {
    const numbers = asyncGenerator(async function* () {
      try {
        yield 1;
        await sleep(5);
      } catch {
        print('generator cancelled');
        yield 'instead';
      } finally {
        print('generator ends');
      }
    });
    const body = coroutine(async () => {
      for await (const n of numbers()) print('got', n);
      return 'ended';
    });
    const task = createTask(body());
    await sleep(1);
    task.cancel();
    print(await outcome(task), task.cancelling());
  }),

  test_our_generator_closed_while_it_waits: coroutine(async () => {
    const numbers = asyncGenerator(async function* () {
      yield 1;
      await sleep(5);
    });
    const source = numbers();
    print(await anext(source));
    const waiting = createTask(outcome(anext(source)));
    await sleep(1);
    print(await outcome(source.aclose()));
    waiting.cancel();
    print(await outcome(waiting));
    print(await outcome(source.aclose()), await outcome(anext(source)));
  }),

  test_our_generator_that_yields_while_it_is_closed: coroutine(async () => {
    const stubborn = asyncGenerator(async function* () {
      try {
        yield 1;
      } finally {
        // biome-ignore lint/correctness/noUnsafeFinally: that is what this is about.
        yield 2;
      }
    });
    const source = stubborn();
    print(await anext(source), await outcome(source.aclose()));
  }),

  test_our_athrow_into_a_waiting_generator: coroutine(async () => {
    const numbers = asyncGenerator(async function* () {
      for (;;) {
        try {
          yield now();
        } catch (error) {
          if (!(error instanceof ValueError)) throw error;
          print('caught', error);
          await sleep(1);
        }
      }
    });
    const source = numbers();
    print(
      await anext(source),
      await source.athrow(new ValueError('one')),
      await outcome(source.athrow(new KeyError('two'))),
    );
    print(await outcome(anext(source)));
  }),

  test_our_generator_over_a_queue_in_a_group: coroutine(async () => {
    const queue = new Queue<number>();
    const items = asyncGenerator(async function* () {
      for (;;) {
        try {
          yield await queue.get();
        } catch (error) {
          if (!(error instanceof QueueShutDown)) throw error;
          return;
        }
      }
    });
    const reads = coroutine(async (name: string) => {
      for await (const item of items()) {
        print(name, item, now());
        await sleep(1);
      }
      return name;
    });
    let tasks: Task<string>[] = [];
    await taskGroup(async (group) => {
      tasks = ['a', 'b'].map((name) => group.createTask(reads(name)));
      for (let n = 0; n < 4; n++) {
        await queue.put(n);
        await sleep(0.4);
      }
      queue.shutdown();
    });
    print(
      tasks.map((task) => task.result()),
      now(),
    );
  }),
};

export const ShieldTests = {
  test_our_chain_of_shields: coroutine(async () => {
    const inner = createTask(slow('inner', 2));
    const first = shield(inner);
    const second = shield(first);
    const waits = createTask(outcome(second));
    await sleep(1);
    waits.cancel();
    print(await outcome(waits), second.cancelled(), first.cancelled(), inner.cancelled());
    first.cancel();
    print(await outcome(first), await outcome(inner));
  }),

  test_our_shield_whose_inner_fails_later: coroutine(async () => {
    getRunningLoop().setExceptionHandler(handler);
    const inner = createTask(fails(new ValueError('late'), 2));
    const outer = shield(inner);
    const waits = createTask(outcome(outer));
    await sleep(1);
    waits.cancel();
    print(await outcome(waits));
    await sleep(2);
    print(inner.done());
  }),

  test_our_shield_in_a_gather_that_is_cancelled: coroutine(async () => {
    const kept = createTask(slow('kept', 2));
    const both = gather(shield(kept), slow('lost'));
    await sleep(1);
    both.cancel('all');
    print(await outcome(both), await outcome(kept));
  }),
};

export const SharedTests = {
  test_our_condition_wait_for_and_cancel: coroutine(async () => {
    const condition = new Condition();
    const state: number[] = [];
    const waits = coroutine(async (name: string, size: number) => {
      using _ = await condition.acquire();
      try {
        print(name, await condition.waitFor(() => state.length >= size && [...state]), now());
      } catch (error) {
        print(name, 'cancelled', condition.locked(), now());
        throw error;
      }
    });
    const tasks = (
      [
        ['a', 1],
        ['b', 3],
        ['c', 2],
      ] as const
    ).map(([name, size]) => createTask(waits(name, size)));
    for (let n = 0; n < 3; n++) {
      await sleep(1);
      {
        using _ = await condition.acquire();
        state.push(n);
        condition.notifyAll();
      }
      if (n === 0) tasks[2]?.cancel();
    }
    print(await gather(tasks, { returnExceptions: true }));
  }),

  test_our_condition_notified_and_cancelled_at_once: coroutine(async () => {
    const condition = new Condition();
    const waits = coroutine(async (name: string) => {
      using _ = await condition.acquire();
      await condition.wait();
      print(name, 'woken');
      return name;
    });
    const tasks = ['a', 'b', 'c'].map((name) => createTask(waits(name)));
    await sleep(1);
    {
      using _ = await condition.acquire();
      condition.notify(1);
      tasks[0]?.cancel();
    }
    await sleep(1);
    print(tasks.map((task) => task.done()));
    for (const task of tasks) task.cancel();
    print(await gather(tasks, { returnExceptions: true }));
  }),

  test_our_barrier_aborted_and_reset: coroutine(async () => {
    const barrier = new Barrier(3);
    const waits = coroutine(async (name: string) => `${name} ${await outcome(barrier.wait())}`);
    let tasks = ['a', 'b'].map((name) => createTask(waits(name)));
    await sleep(1);
    print(barrier, barrier.nWaiting, barrier.broken);
    await barrier.abort();
    print(await gather(tasks), barrier, await outcome(barrier.wait()));
    await barrier.reset();
    tasks = ['c', 'd'].map((name) => createTask(waits(name)));
    await sleep(1);
    await barrier.reset();
    print(await gather(tasks), barrier.broken, barrier.nWaiting);
    tasks = ['e', 'f', 'g'].map((name) => createTask(waits(name)));
    print(await gather(tasks));
  }),

  test_our_barrier_waiter_is_cancelled: coroutine(async () => {
    const barrier = new Barrier(2);
    const first = createTask(outcome(barrier.wait()));
    await sleep(0);
    first.cancel();
    print(await outcome(first), barrier.nWaiting, barrier.broken);
    print(await gather(barrier.wait(), barrier.wait()));
  }),

  test_our_priority_queue_ties: coroutine(async () => {
    const queue = new PriorityQueue<{ priority: number; name: unknown }>(0, {
      less: (a, b) => a.priority < b.priority,
    });
    for (const [at, priority] of [3, 1, 2, 1, 3, 1, 2, 2].entries()) await queue.put({ priority, name: at });
    const order: unknown[] = [];
    while (!queue.empty()) {
      const { priority, name } = await queue.get();
      order.push([priority, name]);
      if (order.length === 3) await queue.put({ priority: 1, name: 'late' });
    }
    print(order);
  }),

  test_our_semaphore_released_while_a_waiter_is_cancelled: coroutine(async () => {
    const semaphore = new Semaphore(1);
    const order: string[] = [];
    const holds = coroutine(async (name: string) => {
      using _ = await semaphore.acquire();
      order.push(name);
      await sleep(1);
    });
    const tasks = ['a', 'b', 'c', 'd'].map((name) => createTask(holds(name)));
    await sleep(0.5);
    tasks[1]?.cancel();
    getRunningLoop().callAt(1, () => tasks[2]?.cancel());
    print(await gather(tasks, { returnExceptions: true }), order, now(), semaphore);
  }),

  test_our_event_set_and_cleared_at_once: coroutine(async () => {
    const event = new Event();
    const tasks = [1, 2].map(() => createTask(outcome(event.wait())));
    await sleep(0);
    event.set();
    event.clear();
    tasks[1]?.cancel();
    print(await gather(tasks, { returnExceptions: true }), event.isSet());
  }),
};

function crash(message: string, _number = 0): void {
  throw new KeyError(message);
}

export const LoopTests = {
  test_our_order_of_timers: coroutine(async () => {
    const loop = getRunningLoop();
    const order: string[] = [];
    const append = (text: string) => void order.push(text);
    loop.callAt(2, append, 'at 2');
    loop.callLater(1, append, 'later 1');
    loop.callAt(1, append, 'at 1');
    loop.callSoon(append, 'soon');
    loop.callAt(-1, append, 'at -1');
    loop.callLater(0, append, 'later 0');
    loop.callAt(1, () => loop.callSoon(append, 'soon of 1'));
    loop.callAt(1, () => loop.callLater(0, append, 'later 0 of 1'));
    loop.callAt(1, append, 'last at 1');
    loop.callSoon(() => loop.callSoon(append, 'soon soon'));
    const cancelled = loop.callAt(1.5, append, 'cancelled');
    loop.callAt(1, () => cancelled.cancel());
    await sleep(3);
    print(order);
  }),

  test_our_context_across_callbacks: coroutine(async () => {
    const variable = new ContextVar<string>('var', { default: 'unset' });
    const loop = getRunningLoop();
    const seen: unknown[] = [];
    const note = (where: string) => {
      seen.push([where, variable.get()]);
      variable.set(`set in ${where}`);
    };
    const child = coroutine(async () => {
      note('child');
      currentTask()?.addDoneCallback(() => note('done of child'));
      await sleep(1);
      note('child again');
    });
    variable.set('main');
    const task = createTask(child());
    variable.set('main later');
    loop.callSoon(note, 'soon');
    loop.callLater(0.5, note, 'later');
    const future = loop.createFuture();
    future.addDoneCallback(() => note('done of future'));
    variable.set('main last');
    loop.callLater(0.7, () => future.setResult(null));
    await task;
    await sleep(0);
    note('main');
    print(seen);
  }),

  test_our_context_of_a_generator_is_that_of_its_caller: coroutine(async () => {
    const variable = new ContextVar<number>('var', { default: 0 });
    const numbers = asyncGenerator(async function* () {
      for (let n = 0; n < 3; n++) {
        variable.set(variable.get() + 1);
        yield variable.get();
      }
    });
    const source = numbers();
    const step = coroutine(async () => [await anext(source), variable.get()]);
    print(await anext(source), variable.get(), await createTask(step()), variable.get(), await anext(source));
  }),

  test_our_debug_mode: coroutine(async () => {
    const loop = getRunningLoop();
    print(loop.getDebug());
    loop.setDebug(true);
    loop.setExceptionHandler(handler);
    loop.callSoon(crash, 'no');
    loop.callLater(1, crash, 'text', 1 / 4);
    await sleep(2);
    loop.setDebug(false);
  }),

  test_our_runner_in_a_run: async () => {
    const inner = coroutine(async () => 1);
    const main = coroutine(async () => {
      const coro = inner();
      try {
        return await outcome(native(new Runner().run(coro)));
      } finally {
        coro.close();
      }
    });
    print(await run(main()));
  },

  test_our_run_ends_what_ends_slowly: async () => {
    const left = coroutine(async (name: string, times: number) => {
      for (let again = times; ; again--) {
        try {
          await sleep(5);
          return name;
        } catch (error) {
          print(now(), name, 'cancelled', again);
          if (again === 0) throw error;
        }
      }
    });
    const main = coroutine(async (): Promise<unknown> => {
      for (const [name, again] of [
        ['a', 0],
        ['b', 1],
      ] as const) {
        createTask(left(name, again));
      }
      await sleep(1);
      throw new ValueError('main');
    });
    print(await ended(run(main())));
  },

  test_our_gather_of_done_and_cancelled: async () => {
    const main = coroutine(async () => {
      const done = getRunningLoop().createFuture();
      done.setResult(1);
      const gone = getRunningLoop().createFuture();
      gone.cancel('gone');
      print(await outcome(gather(done, gone)));
      print(await outcome(gather(done, gone, { returnExceptions: true })));
      print(await outcome(gather(slow('s', 1), gone)));
      print(allTasks().size);
    });
    await run(main());
  },
};
