// test_threads.py and the executor of test_events.py: see threads.py for the same in Python.
import { coroutine, gather, getRunningLoop, isFuture, toThread } from 'cokernel';
import { outcome, print, ticks } from '../judge.ts';

export const ToThreadTests = {
  test_to_thread: coroutine(async () => {
    print(await toThread(() => 42));
  }),

  test_to_thread_exception: coroutine(async () => {
    print(
      await outcome(
        toThread(() => {
          throw new TypeError('thread');
        }),
      ),
    );
  }),

  test_to_thread_concurrent: coroutine(async () => {
    print(await gather([0, 1, 2, 3, 4, 5, 6, 7].map((n) => toThread((one: number) => one * one, n))));
  }),

  test_to_thread_args_kwargs: coroutine(async () => {
    print(await toThread((a: number, b: number) => a + b, 1, 2));
  }),

  test_to_thread_once: coroutine(async () => {
    const calls: string[] = [];
    print(await toThread(() => 'once'));
    calls.push('after');
    print(calls);
  }),
};

export const EventLoopTestsMixin = {
  test_run_in_executor: coroutine(async () => {
    const running = getRunningLoop().runInExecutor(null, (text: string) => text.toUpperCase(), 'yo');
    print(isFuture(running), await running);
  }),

  test_our_run_in_executor_exception: coroutine(async () => {
    const fail = () => {
      throw new TypeError('thread');
    };
    print(await outcome(getRunningLoop().runInExecutor(null, fail)));
  }),

  test_run_in_executor_cancel: coroutine(async () => {
    const running = getRunningLoop().runInExecutor(
      null,
      (ms: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms),
      50,
    );
    running.cancel();
    print(await outcome(running), running.cancelled());
    print(await getRunningLoop().runInExecutor(null, () => 'the next one runs'));
  }),

  test_call_soon_threadsafe: coroutine(async () => {
    const log: string[] = [];
    const loop = getRunningLoop();
    loop.callSoon(() => log.push('soon'));
    loop.callSoonThreadsafe(() => log.push('threadsafe'));
    await ticks();
    print(log);
  }),
};
