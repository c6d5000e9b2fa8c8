// Wrong arguments: Python's class and words, with a note if there is a remedy; and nothing is left behind.
// biome-ignore-all lint/correctness/useYield: some bodies have nothing to wait for.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  asCompleted,
  awaiting,
  type Coroutine,
  cancelScope,
  coroutine,
  createTask,
  currentTask,
  ensureFuture,
  gather,
  getRunningLoop,
  run,
  shield,
  sleep,
  Task,
  TaskGroup,
  taskGroup,
  timeout,
  timeoutAt,
  type Warning,
  wait,
  waitFor,
  warnings,
} from '../../runtime/asyncio/index.ts';

const told: Warning[] = [];
const { hook } = warnings;
beforeEach(() => {
  told.length = 0;
  warnings.hook = (warning) => told.push(warning);
});
afterEach(() => {
  warnings.hook = hook;
});

const greet = coroutine(function* hello() {
  yield* sleep(0);
  return 'hello';
});

/** What TypeScript would refuse. */
const wrong = <T>(value: unknown): T => value as T;
const future = () => getRunningLoop().createFuture();
const block = function* () {
  yield* sleep(0);
};
const NOT_AWAITABLE = 'TypeError: An asyncio.Future, a coroutine or an awaitable is required';

const CALLS: Readonly<Record<string, readonly [call: () => unknown, message: string, note?: string]>> = {
  'gather of a function': [
    () => gather(wrong<Coroutine<void>>(greet)),
    NOT_AWAITABLE,
    'Did you forget to call it: hello()?',
  ],
  'gather of a number': [() => gather(wrong<Coroutine<void>>(5)), NOT_AWAITABLE],
  'shield of a function': [
    () => shield(wrong<Coroutine<void>>(greet)),
    NOT_AWAITABLE,
    'Did you forget to call it: hello()?',
  ],
  'a Task of a number': [() => new Task(wrong<Coroutine<void>>(5)), 'TypeError: a coroutine was expected, got 5'],
  'ensureFuture of null': [() => ensureFuture(wrong<Coroutine<void>>(null)), NOT_AWAITABLE],
  'waitFor of a number': [() => waitFor(wrong<Coroutine<void>>(5), 1), NOT_AWAITABLE],
  'waitFor of a number, without limit': [() => waitFor(wrong<Coroutine<void>>(5), null), NOT_AWAITABLE],
  'waitFor, limit a string': [
    () => waitFor(future(), wrong<number>('1')),
    "TypeError: '<=' not supported between instances of 'str' and 'int'",
  ],
  'timeout of a string': [
    () => timeout(wrong<number>('1'), block),
    "TypeError: unsupported operand type(s) for +: 'float' and 'str'",
  ],
  'timeout of NaN': [() => timeout(Number.NaN, block), 'ValueError: Invalid delay: NaN (not a number)'],
  'timeoutAt of a string': [
    () => timeoutAt(wrong<number>('1'), block),
    "TypeError: '<=' not supported between instances of 'str' and 'float'",
  ],
  'timeout with another signal': [
    () => timeout(1, block, { signal: wrong<AbortSignal>({}) }),
    'TypeError: signal must be an AbortSignal',
  ],
  'taskGroup with another signal': [
    () => taskGroup(block, { signal: wrong<AbortSignal>(1) }),
    'TypeError: signal must be an AbortSignal',
  ],
  'cancelScope of NaN': [
    () => cancelScope(block, { timeout: Number.NaN }),
    'ValueError: Invalid delay: NaN (not a number)',
  ],
  'wait for a number': [() => wait(wrong<[]>(5)), "TypeError: 'int' object is not iterable"],
  'wait, returnWhen unknown': [
    () => wait([future()], { returnWhen: wrong<'ALL_COMPLETED'>('SOME') }),
    'ValueError: Invalid return_when value: SOME',
  ],
  'asCompleted of a function': [() => asCompleted(wrong<[]>(greet)), "TypeError: 'function' object is not iterable"],
  'createTask of a future': [
    () => createTask(wrong<Coroutine<void>>(future())),
    'TypeError: a coroutine was expected, got <Future pending>',
  ],
  'createTask of a function': [
    () => createTask(wrong<Coroutine<void>>(greet)),
    'TypeError: a coroutine was expected, got <function hello>',
    'Did you forget to call it: createTask(hello())?',
  ],
  'callLater of null': [
    () => getRunningLoop().callLater(wrong<number>(null), () => {}),
    'TypeError: delay must not be None',
  ],
  'callLater of a string': [
    () => getRunningLoop().callLater(wrong<number>('1'), () => {}),
    "TypeError: unsupported operand type(s) for +: 'float' and 'str'",
  ],
  'callAt of null': [() => getRunningLoop().callAt(wrong<number>(null), () => {}), 'TypeError: when cannot be None'],
  'setException of a string': [
    () => future().setException(wrong<Error>('no')),
    'TypeError: invalid exception object',
    "Expected an Error or a class of errors, got 'no'.",
  ],
  'a task group that was not entered': [
    () => {
      const never = greet();
      try {
        new TaskGroup().createTask(never);
      } finally {
        never.close();
      }
    },
    'RuntimeError: TaskGroup <TaskGroup> has not been entered',
  ],
};

test.each(Object.entries(CALLS))('%s', async (_, [call, message, note]) => {
  const main = coroutine(function* () {
    try {
      yield* awaiting(call());
    } catch (error) {
      const { name, message, notes } = error as Error & { notes?: string[] };
      return [`${name}: ${message}`, notes?.at(0), currentTask()?.cancelling()];
    }
    return 'nothing was thrown';
  });
  expect(await run(main(), { clock: 'virtual' })).toEqual([message, note, 0]);
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  expect(told).toEqual([]);
});

test('a scope that could not be entered cancels nothing afterwards', async () => {
  const main = coroutine(function* () {
    try {
      yield* cancelScope(
        function* (scope) {
          scope.cancel();
          yield* sleep(0);
        },
        { timeout: Number.NaN },
      );
    } catch {}
    yield* sleep(1);
    return currentTask()?.cancelling();
  });
  expect(await run(main(), { clock: 'virtual' })).toBe(0);
});

test('whatever is thrown, even null, reaches the task that awaits a shield, a gather or a group', async () => {
  const throws = coroutine(function* () {
    yield* sleep(1);
    throw null;
  });
  const main = coroutine(function* () {
    const caught: unknown[] = [];
    const ways = [
      () => shield(throws()),
      () => gather(throws(), sleep(2)),
      () => waitFor(throws(), 5),
      () => createTask(throws()),
    ];
    for (const way of ways) {
      try {
        yield* awaiting(way() as PromiseLike<unknown>);
      } catch (error) {
        caught.push(error);
      }
    }
    try {
      yield* taskGroup(function* (group) {
        group.createTask(throws());
      });
    } catch (error) {
      caught.push((error as AggregateError).errors.map(String));
    }
    return caught;
  });
  expect(await run(main(), { clock: 'virtual' })).toEqual([null, null, null, null, ['Error: null']]);
});

test('outside of any loop, what needs one says how to start one', () => {
  for (const call of [
    () => currentTask(),
    () => getRunningLoop(),
    () => createTask(sleep(0)),
    () => gather(sleep(0)),
  ]) {
    let error: (Error & { notes?: string[] }) | undefined;
    try {
      call();
    } catch (caught) {
      error = caught as Error;
    }
    expect([error?.name, error?.message, error?.notes]).toEqual([
      'RuntimeError',
      'no running event loop',
      ['Start one: await run(main()).'],
    ]);
  }
});

test('run says what its loopFactory must return', () => {
  const call = () => run(greet(), { loopFactory: wrong(() => null) });
  expect(call).toThrow(new TypeError('loopFactory must return a Loop, got None'));
});
