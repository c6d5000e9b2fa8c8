// test_base_events.py, the handles of test_events.py, test_eager_task_factory.py: see events.py for the same in Python.
import * as library from 'cokernel';
import {
  allTasks,
  type Context,
  ContextVar,
  type Coroutine,
  copyContext,
  coroutine,
  createTask,
  currentTask,
  gather,
  getRunningLoop,
  Handle,
  type Loop,
  run,
  sleep,
  Task,
  type TaskOptions,
  TimerHandle,
  taskGroup,
  ValueError,
} from 'cokernel';
import { handler, now, outcome, print, raised, ticks } from '../judge.ts';

function call(...args: unknown[]): void {
  print('called', ...args);
}

function bad(): void {
  throw new ValueError('bad');
}

const value = coroutine(async <T>(result: T, seconds: number | null = null) => {
  if (seconds !== null) await sleep(seconds);
  return result;
});

/** What is to be there, for the cases that are listed in known.ts until it is. */
interface Options extends TaskOptions {
  readonly eagerStart?: boolean;
}
type Factory = (loop: Loop, coro: Coroutine<unknown>, options: Options) => Task<unknown>;
interface Wanted {
  setTaskFactory(factory: Factory | null | number): void;
  getTaskFactory(): Factory | null;
  stop(): void;
  callSoon(call: () => unknown, options: { readonly context: Context }): Handle & { getContext(): Context };
  callLater(delay: number, call: () => unknown, options: { readonly context: Context }): Handle;
  callAt(when: number, call: () => unknown, options: { readonly context: Context }): Handle;
}
const wanted = (): Wanted => getRunningLoop() as unknown as Wanted;
const { eagerTaskFactory, createEagerTaskFactory } = library as unknown as {
  readonly eagerTaskFactory: Factory;
  createEagerTaskFactory(make: (coro: Coroutine<unknown>, options: Options) => Task<unknown>): Factory;
};
/** `new Task(coro, { loop, … })`, as Python has it. */
const TaskClass = Task as unknown as new (coro: Coroutine<unknown>, options: Options) => Task<unknown>;
const eager = (): void => wanted().setTaskFactory(eagerTaskFactory);

export const BaseEventLoopTests = {
  test_call_soon: coroutine(async () => {
    const handle = getRunningLoop().callSoon(call, 1, 2);
    print(handle instanceof Handle, handle.cancelled());
    await ticks();
  }),

  test_call_soon_non_callable: coroutine(async () => {
    const loop = getRunningLoop();
    loop.setDebug(true);
    const coro = value(null);
    print(raised(() => loop.callSoon(coro as never)));
    loop.setDebug(false);
    coro.close();
  }),

  test_our_call_soon_order: coroutine(async () => {
    const loop = getRunningLoop();
    loop.callSoon(call, 1);
    loop.callSoon(call, 2);
    const handle = loop.callSoon(call, 3);
    loop.callSoon(call, 4);
    handle.cancel();
    await ticks();
    print(handle.cancelled());
  }),

  test_call_later: coroutine(async () => {
    const log: number[] = [];
    const handle = getRunningLoop().callLater(0.1, () => log.push(now()));
    print(handle instanceof TimerHandle, Math.round(handle.when() * 1000) / 1000, handle.cancelled());
    await sleep(0.2);
    print(log);
  }),

  test_our_call_later_none: coroutine(async () => {
    print(raised(() => getRunningLoop().callLater(null as never, call)));
  }),

  test_call_later_negative_delays: coroutine(async () => {
    const loop = getRunningLoop();
    loop.callLater(-1, call, 'a');
    loop.callLater(-2, call, 'b');
    await sleep(0.01);
  }),

  test_our_call_at_none: coroutine(async () => {
    print(raised(() => getRunningLoop().callAt(null as never, call)));
  }),

  test_time_and_call_at: coroutine(async () => {
    const loop = getRunningLoop();
    const log: number[] = [];
    loop.callAt(loop.time() + 0.1, () => log.push(now()));
    await sleep(0.2);
    print(log, now());
  }),

  test_our_timers_order: coroutine(async () => {
    for (const delay of [0.3, 0.1, 0.2, 0.1]) getRunningLoop().callLater(delay, call, delay);
    await sleep(0.5);
  }),

  test_our_cancelled_timers: coroutine(async () => {
    const handles = [1, 2, 3, 4, 5].map((n) => getRunningLoop().callLater(n / 10, call, n));
    for (const handle of handles.slice(1, 4)) handle.cancel();
    await sleep(1);
    print(handles.map((handle) => handle.cancelled()));
  }),

  test_set_debug: coroutine(async () => {
    const loop = getRunningLoop();
    loop.setDebug(true);
    print(loop.getDebug());
    loop.setDebug(false);
    print(loop.getDebug());
  }),

  test_default_exc_handler_callback: coroutine(async () => {
    const loop = getRunningLoop();
    loop.setExceptionHandler(handler);
    loop.callSoon(bad);
    await ticks();
    loop.callLater(0.1, bad);
    await sleep(0.2);
  }),

  test_set_exc_handler_invalid: coroutine(async () => {
    print(raised(() => getRunningLoop().setExceptionHandler('spam' as never)));
  }),

  test_set_exc_handler_custom: coroutine(async () => {
    const loop = getRunningLoop();
    print(loop.getExceptionHandler());
    loop.setExceptionHandler(handler);
    print(loop.getExceptionHandler() === handler);
    loop.callSoon(bad);
    await ticks();
    loop.setExceptionHandler(null);
    print(loop.getExceptionHandler());
  }),

  test_set_exc_handler_broken: coroutine(async () => {
    const loop = getRunningLoop();
    const log: string[] = [];
    loop.setExceptionHandler((_loop, context) => {
      log.push(context.message);
      throw new TypeError('broken');
    });
    loop.callSoon(bad);
    loop.callSoon(call, 'goes on');
    await ticks();
    print(log.length);
  }),

  test_our_call_exception_handler: coroutine(async () => {
    const loop = getRunningLoop();
    loop.setExceptionHandler(handler);
    loop.callExceptionHandler({ message: 'mine', exception: new ValueError('spam') });
  }),

  test_set_task_factory_invalid: coroutine(async () => {
    print(raised(() => wanted().setTaskFactory(1)));
  }),

  test_set_task_factory: coroutine(async () => {
    const loop = wanted();
    const made: string[] = [];
    print(loop.getTaskFactory());
    const factory: Factory = (_loop, coro, options) => {
      const task = new TaskClass(coro, options);
      made.push(task.getName());
      return task;
    };
    loop.setTaskFactory(factory);
    print(loop.getTaskFactory() === factory);
    print(await createTask(value('mine'), { name: 'named' }), made);
    loop.setTaskFactory(null);
    print(loop.getTaskFactory());
  }),

  test_create_task: coroutine(async () => {
    const task = getRunningLoop().createTask(value('ok'));
    print(task instanceof Task, await task);
  }),

  test_create_named_task_with_default_factory: coroutine(async () => {
    const task = getRunningLoop().createTask(value('ok'), { name: 'test_task' });
    print(task.getName(), await task);
  }),

  test_create_task_error_closes_coro: coroutine(async () => {
    const loop = getRunningLoop();
    const coro = value('ok');
    wanted().setTaskFactory(() => {
      throw new ValueError('factory');
    });
    print(raised(() => loop.createTask(coro)));
    wanted().setTaskFactory(null);
    coro.close();
  }),

  test_our_is_running: coroutine(async () => {
    const loop = getRunningLoop();
    print(loop.isRunning(), loop.isClosed());
  }),

  test_our_stop: coroutine(async () => {
    print(typeof wanted().stop === 'function');
  }),

  test_our_running_loop_within_a_loop: async () => {
    const loops: Loop[] = [];
    const main = coroutine(async () => {
      loops.push(getRunningLoop());
    });
    await run(main());
    await run(main());
    print(
      loops[0] === loops[1],
      raised(() => getRunningLoop()),
    );
  },

  test_our_call_soon_context: coroutine(async () => {
    const variable = new ContextVar('var', { default: 'outer' });
    const context = copyContext();
    context.run(() => variable.set('inner'));
    const loop = wanted();
    loop.callSoon(() => call(variable.get()), { context });
    loop.callLater(0.1, () => call(variable.get()), { context });
    loop.callAt(0.2, () => call(variable.get()), { context });
    await sleep(0.3);
    print(variable.get());
  }),

  test_our_callback_scheduled_in_callback: coroutine(async () => {
    const loop = getRunningLoop();
    loop.callSoon(() => loop.callSoon(call, 'second pass'));
    loop.callSoon(call, 'first pass');
    await ticks();
    print('between');
    await ticks();
  }),

  test_our_keyboard_interrupt_free_loop: coroutine(async () => {
    const loop = getRunningLoop();
    const log: number[] = [];
    loop.callSoon(() => log.push(1));
    loop.callSoonThreadsafe(() => log.push(2));
    await ticks();
    print(log);
  }),
};

export const HandleTests = {
  test_handle: coroutine(async () => {
    const handle = getRunningLoop().callSoon(call);
    print(handle.cancelled());
    handle.cancel();
    print(handle.cancelled());
    await ticks();
    print('not called');
  }),

  test_callback_with_exception: coroutine(async () => {
    const loop = getRunningLoop();
    loop.setExceptionHandler(handler);
    loop.callSoon(bad);
    loop.callSoon(call, 'goes on');
    await ticks();
  }),

  test_handle_repr: coroutine(async () => {
    const handle = getRunningLoop().callSoon(call);
    print(handle);
    handle.cancel();
    print(handle);
  }),

  test_our_handle_repr_arguments: coroutine(async () => {
    const handle = getRunningLoop().callSoon(call, 1, 'two');
    print(handle);
    await ticks();
  }),

  test_our_get_context: coroutine(async () => {
    const context = copyContext();
    const handle = wanted().callSoon(call, { context });
    print(handle.getContext() === context);
    handle.cancel();
  }),
};

export const TimerTests = {
  test_when: coroutine(async () => {
    const handle = getRunningLoop().callAt(5, call);
    print(handle.when());
    handle.cancel();
  }),

  test_timer: coroutine(async () => {
    const handle = getRunningLoop().callLater(0.1, call);
    print(handle.cancelled());
    handle.cancel();
    await sleep(0.2);
    print(handle.cancelled(), now());
  }),

  test_timer_repr: coroutine(async () => {
    const handle = getRunningLoop().callAt(123, call);
    print(handle);
    handle.cancel();
    print(handle);
  }),

  test_our_cancel_twice: coroutine(async () => {
    const handle = getRunningLoop().callLater(0.1, call);
    handle.cancel();
    handle.cancel();
    print(handle.cancelled());
  }),

  test_our_cancel_after_call: coroutine(async () => {
    const handle = getRunningLoop().callLater(0.1, call);
    await sleep(0.2);
    handle.cancel();
    print(handle.cancelled());
  }),
};

const result = coroutine(async (seconds = 0) => {
  await sleep(seconds);
  return 'finished after blocking';
});

const fail = coroutine(async () => {
  throw new ValueError('at once');
});

export const EagerTaskFactoryLoopTests = {
  test_eager_task_factory_set: coroutine(async () => {
    eager();
    print(wanted().getTaskFactory() === eagerTaskFactory);
    print(getRunningLoop().createTask(value(null)) instanceof Task);
  }),

  test_await_future_during_eager_step: coroutine(async () => {
    eager();
    const loop = getRunningLoop();
    const future = loop.createFuture<string>();
    const put = coroutine(async (what: string) => future.setResult(what));
    const task = loop.createTask(put('my message'));
    print(task.done(), await future);
  }),

  test_eager_completion: coroutine(async () => {
    eager();
    const task = createTask(value('hello'));
    print(task.done(), await task);
  }),

  test_block_after_eager_step: coroutine(async () => {
    eager();
    const task = createTask(result(0.1));
    print(task.done(), await task, task.done());
  }),

  test_cancellation_after_eager_completion: coroutine(async () => {
    eager();
    const task = createTask(value('without blocking'));
    print(task.cancel(), await task, task.cancelled());
  }),

  test_cancellation_after_eager_step_blocks: coroutine(async () => {
    eager();
    const task = createTask(result(0.1));
    print(task.cancel('cancellation message'), task.cancelling(), await outcome(task));
  }),

  test_current_task: coroutine(async () => {
    eager();
    const seen: unknown[] = [];
    const body = coroutine(async () => {
      seen.push(currentTask());
      await sleep(0.1);
      seen.push(currentTask());
    });
    const me = currentTask();
    const task = createTask(body());
    print(seen[0] === task, currentTask() === me);
    await task;
    print(seen[1] === task);
  }),

  test_all_tasks_with_eager_completion: coroutine(async () => {
    eager();
    const seen: number[] = [];
    const body = coroutine(async () => {
      seen.push(allTasks().size);
    });
    const task = createTask(body());
    print(seen, allTasks().has(task as Task<unknown>));
  }),

  test_all_tasks_with_blocking: coroutine(async () => {
    eager();
    const task = createTask(result(0.1)) as Task<unknown>;
    print(allTasks().has(task), await task, allTasks().has(task));
  }),

  test_context_vars: coroutine(async () => {
    eager();
    const variable = new ContextVar('var', { default: 0 });
    const body = coroutine(async () => {
      print(variable.get());
      variable.set(2);
      await sleep(0.1);
      print(variable.get());
      variable.set(3);
    });
    variable.set(1);
    const task = createTask(body());
    print('after the first step', variable.get());
    await task;
    print(variable.get());
  }),

  test_our_eager_exception: coroutine(async () => {
    eager();
    const task = createTask(fail());
    print(task.done(), await outcome(task));
  }),

  test_eager_start_false: coroutine(async () => {
    eager();
    const task = createTask(value('later'), { eagerStart: false } as Options);
    print(task.done(), await task);
  }),

  test_eager_start_true: coroutine(async () => {
    const task = createTask(value('at once'), { eagerStart: true } as Options);
    print(task.done(), await task);
  }),

  test_our_eager_name: coroutine(async () => {
    eager();
    const body = coroutine(async () => print(currentTask()?.getName()));
    createTask(body(), { name: 'named' });
  }),

  test_our_create_eager_task_factory: coroutine(async () => {
    const made: unknown[] = [];
    const make = (coro: Coroutine<unknown>, options: Options) => {
      made.push(options.eagerStart);
      return new TaskClass(coro, options);
    };
    wanted().setTaskFactory(createEagerTaskFactory(make));
    const task = createTask(value('hello'));
    print(task.done(), await task, made);
  }),

  test_our_eager_gather: coroutine(async () => {
    eager();
    const log: string[] = [];
    const body = coroutine(async (name: string) => {
      log.push(name);
      await sleep(0);
      log.push(name);
    });
    await gather(body('a'), body('b'));
    print(log);
  }),

  test_our_eager_task_group: coroutine(async () => {
    eager();
    await taskGroup(async (tg) => {
      const done = tg.createTask(value('done'));
      print(done.done(), tg);
      tg.createTask(result(0.1));
    });
    print(now());
  }),

  test_our_eager_task_group_error: coroutine(async () => {
    eager();
    const body = taskGroup(async (tg) => {
      tg.createTask(fail());
      await sleep(1);
    });
    print(await outcome(body), now());
  }),
};

export const BaseTaskCountingTests = {
  test_awaitables_chain: coroutine(async () => {
    const chain = coroutine(async (depth: number): Promise<number> => (depth === 0 ? 0 : 1 + (await chain(depth - 1))));
    print(await chain(100), allTasks().size);
  }),

  test_recursive_taskgroups: coroutine(async () => {
    let count = 0;
    const groups = coroutine(async (width: number, depth: number): Promise<void> => {
      count++;
      if (depth === 0) return;
      await taskGroup(async (tg) => {
        for (let left = width; left > 0; left--) tg.createTask(groups(width, depth - 1));
      });
    });
    await groups(5, 4);
    print(count);
  }),

  test_recursive_gather: coroutine(async () => {
    let count = 0;
    const gathers = coroutine(async (width: number, depth: number): Promise<void> => {
      count++;
      if (depth > 0) await gather(Array.from({ length: width }, () => gathers(width, depth - 1)));
    });
    await gathers(5, 4);
    print(count);
  }),
};
