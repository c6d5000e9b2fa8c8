// Lesson "Promises and coroutines together": a cancellation reaches the work behind a promise.

import { CancelledError, coroutine, createTask, isCoroutine, sleep } from 'cokernel';
import { call, shown } from './answer.ts';
import { check, Wrong } from './verdict.ts';

/** `load(get)` returns what the promise of `get(signal)` gives, and the signal stops `get` when the task is cancelled. */
export const checkLoad = check(
  'The task was cancelled, and the work behind the promise stopped too.',
  coroutine(function* (load: unknown) {
    const value = yield* call('load', load, () => Promise.resolve('page'));
    if (isCoroutine(value)) value.close();
    if (value !== 'page')
      throw new Wrong(`it should return the value of the promise, 'page'. It returned ${shown(value)}.`);
    const seen: unknown[] = [];
    const task = createTask(
      call('load', load, (signal: unknown) => {
        seen.push(signal);
        return new Promise(() => {});
      }),
    );
    yield* sleep(0); // Not longer: while a promise is awaited, a virtual clock stands still.
    task.cancel();
    try {
      yield* task;
    } catch (error) {
      if (!(error instanceof CancelledError)) throw error;
    }
    const [signal] = seen;
    if (seen.length !== 1) throw new Wrong(`get should be called once. It was called ${seen.length} times.`);
    if (!(signal instanceof AbortSignal))
      throw new Wrong(`get should be given an AbortSignal. It was given ${shown(signal)}.`);
    if (!signal.aborted)
      throw new Wrong(
        "the task was cancelled, and get was not told. Pass the task's own signal: currentTask()?.signal().",
      );
  }),
);
