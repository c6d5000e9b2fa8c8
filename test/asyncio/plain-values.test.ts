// An await of a plain value or a settled promise in a compiled body: microtasks of native code run once, and no other task.

import { expect, test } from '@jest/globals';
import { pending, start } from '../../runtime/asyncio/compiled.ts';
import { coroutine, createTask, currentTask, getRunningLoop, run, sleep } from '../../runtime/asyncio/index.ts';

/** `await value`, as the compiler writes it. */
function* plain<T>(value: T): Generator<never, T, unknown> {
  const outcome = start(1, value);
  return (outcome === pending ? yield outcome as never : outcome) as T;
}

test.each(['real', 'virtual'] as const)(
  'microtasks run first, and no other task in between, on the %s clock',
  async (clock) => {
    const log: unknown[] = [];
    const main = coroutine(function* () {
      const other = createTask(
        coroutine(function* () {
          log.push('other');
          yield* plain(null);
          log.push('other goes on');
        })(),
      );
      createTask(
        coroutine(function* () {
          log.push('third');
          yield* sleep(0);
        })(),
      );
      const pass = getRunningLoop().passCount;
      Promise.resolve()
        .then(() => log.push('microtask'))
        .then(() => log.push('second microtask'));
      log.push(yield* plain('value'));
      log.push(getRunningLoop().passCount - pass);
      yield* other;
    });
    await run(main(), { clock });
    expect(log).toEqual(['microtask', 'value', 0, 'other', 'second microtask', 'other goes on', 'third']);
  },
);

const thenable = (then: (fulfilled: (value: unknown) => void, rejected: (reason: unknown) => void) => void) => ({
  then,
});

test.each([
  ['a promise that is settled', () => Promise.resolve('got'), 'got'],
  ['a promise that failed', () => Promise.reject('failed'), 'failed'],
  ['an async function that returns at once', () => (async () => 'got')(), 'got'],
  ['a thenable that answers at once', () => thenable((fulfilled) => fulfilled('got')), 'got'],
  ['a thenable that refuses at once', () => thenable((_, rejected) => rejected('failed')), 'failed'],
  [
    'a thenable that answers in a microtask',
    () => thenable((fulfilled) => queueMicrotask(() => fulfilled('got'))),
    'got',
  ],
])('%s is awaited in the same way', async (_, make, outcome) => {
  expect(await orderAround(make)).toEqual(['microtask', outcome, 'other']);
});

test('while a promise is not settled, other tasks run', async () => {
  const later = () => new Promise((resolve) => setTimeout(resolve, 1, 'got'));
  expect(await orderAround(later)).toEqual(['microtask', 'other', 'got']);
});

test('a cancellation reaches an await whose promise is not known to be settled yet', async () => {
  const log: unknown[] = [];
  const main = coroutine(function* () {
    const me = currentTask();
    queueMicrotask(() => me?.cancel('enough'));
    try {
      yield* plain(new Promise(() => {}));
    } catch (error) {
      log.push(String(error));
    }
  });
  await run(main());
  expect(log).toEqual(['CancelledError: enough']);
});

/** The order of a microtask, of another task that is ready, and of the outcome of an await. */
async function orderAround(make: () => unknown): Promise<unknown[]> {
  const log: unknown[] = [];
  const main = coroutine(function* () {
    const other = createTask(
      // biome-ignore lint/correctness/useYield: it never comes to one.
      coroutine(function* () {
        log.push('other');
      })(),
    );
    queueMicrotask(() => log.push('microtask'));
    try {
      log.push(yield* plain(make()));
    } catch (error) {
      log.push(error);
    }
    yield* other;
  });
  await run(main());
  return log;
}

test('a loop of such awaits sees what a promise and what a timer of Node brings', async () => {
  const main = coroutine(function* () {
    const seen: string[] = [];
    void Promise.resolve().then(() => seen.push('promise'));
    while (seen.length === 0) yield* plain(null);
    setTimeout(() => seen.push('timer'), 1);
    while (seen.length === 1) yield* plain(null);
    return seen;
  });
  expect(await run(main())).toEqual(['promise', 'timer']);
});

test('a task that awaits one has a repr, which says that it waits for nothing', async () => {
  const main = coroutine(function* () {
    const me = currentTask();
    const seen: string[] = [];
    void Promise.resolve().then(() => seen.push(String(me)));
    yield* plain(null);
    return seen;
  });
  expect(await run(main())).toEqual([
    expect.stringMatching(/^<Task pending name='Task-\d+' coro=<.* running> cb=\[_run_until_complete_cb\(\)\]>$/),
  ]);
});

test('a cancellation is not thrown there, but at the next await that can be cancelled', async () => {
  const log: string[] = [];
  const main = coroutine(function* () {
    currentTask()?.cancel();
    yield* plain(null);
    log.push('still there');
    yield* sleep(0);
    log.push('not reached');
  });
  await expect(run(main())).rejects.toThrow();
  expect(log).toEqual(['still there']);
});
