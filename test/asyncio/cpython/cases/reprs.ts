// How futures, tasks and handles are written: see reprs.py for the same in Python.
import {
  type Awaitable,
  coroutine,
  createTask,
  currentTask,
  type Future,
  gather,
  getRunningLoop,
  run,
  shield,
  sleep,
  taskGroup,
  ValueError,
  wait,
} from 'cokernel';
import { handler, print, ticks } from '../judge.ts';

const forever = coroutine(async () => {
  await sleep(10, 'slept');
});

const waits_for = coroutine(async (future: Awaitable<unknown>) => {
  await future;
});

function call(..._args: unknown[]): void {}

function bad(..._args: unknown[]): void {
  throw new ValueError('bad');
}

export const ReprTests = {
  test_our_handle_shows_arguments_in_debug_mode_only: coroutine(async () => {
    const loop = getRunningLoop();
    for (const debug of [false, true]) {
      loop.setDebug(debug);
      print(loop.callSoon(call, 1, 'two', [3]));
      const later = loop.callAt(1.5, call, 'x'.repeat(31), [0, 1, 2, 3, 4, 5, 6], [[[[[[[1]]]]]]]);
      print(later);
      later.cancel();
      print(later);
    }
  }),

  test_our_context_of_a_callback_that_raises: coroutine(async () => {
    const loop = getRunningLoop();
    loop.setExceptionHandler((loop, context) => {
      handler(loop, context);
      print(context.handle);
    });
    const future = loop.createFuture();
    future.addDoneCallback(bad);
    future.setResult(42);
    loop.callSoon(bad, 1, 'two');
    await ticks(2);
    loop.setDebug(true);
    loop.callSoon(bad, 1, 'two');
    await ticks(2);
  }),

  test_our_cancelled_task_shows_what_it_waits_for: coroutine(async () => {
    const future = getRunningLoop().createFuture();
    const sleeper = createTask(forever());
    for (const task of [createTask(waits_for(future)), createTask(waits_for(sleeper)), sleeper]) {
      await ticks();
      print(task);
      task.cancel();
      print(task);
    }
    await ticks();
    print(sleeper);
  }),

  test_our_sleep_that_is_over_is_a_finished_future: coroutine(async () => {
    const loop = getRunningLoop();
    const task = createTask(forever());
    loop.callAt(10, () => loop.callSoon(print, task));
    await ticks();
    print(task);
    await task;
    print(task);
  }),

  test_our_long_results_are_cut: coroutine(async () => {
    const loop = getRunningLoop();
    const long = Array.from({ length: 7 }, () => 'a'.repeat(40));
    const results = ['x'.repeat(31), 'x'.repeat(28), 'x'.repeat(29), long, [0, 1, 2, 3, 4, 5, 6], [[[[[[[1]]]]]]], []];
    for (const result of results) {
      const future: Future<unknown> = loop.createFuture();
      future.setResult(result);
      print(future);
    }
    const failed = loop.createFuture();
    failed.setException(new ValueError('x'.repeat(40)));
    print(failed);
    failed.exception();
  }),

  test_our_callbacks_of_the_library_have_their_names: coroutine(async () => {
    const future = getRunningLoop().createFuture();
    const one = createTask(waits_for(future));
    const waits = createTask(wait([one]));
    await ticks();
    print(one);
    const gathered = gather(one);
    print(one);
    const shielded = shield(future);
    print(shielded);
    shielded.cancel();
    await taskGroup(async (group) => {
      print(group.createTask(waits_for(future)));
      future.setResult(null);
    });
    await gathered;
    await waits;
  }),

  test_our_task_of_a_run: () => {
    const main = coroutine(async () => {
      print(currentTask());
    });
    return run(main());
  },
};
