// Bad input: each gets Python's class and words, or is harmless; none stops the loop.
// biome-ignore-all lint/correctness/useYield: many bodies have nothing to wait for.
import { expect, test } from '@jest/globals';
import {
  asyncGenerator,
  awaiting,
  Barrier,
  BoundedSemaphore,
  type Coroutine,
  coroutine,
  createTask,
  type ExceptionContext,
  ExceptionGroup,
  gather,
  getRunningLoop,
  Lock,
  Loop,
  PriorityQueue,
  Queue,
  run,
  Semaphore,
  sleep,
  taskGroup,
  timeout,
  wait,
} from '../../runtime/asyncio/index.ts';

const virtual = <T>(main: Coroutine<T>): Promise<T> => run(main, { clock: 'virtual' });

/** Runs a body under the virtual clock and gives what it throws, in Python's form. */
async function thrown(body: () => Generator<unknown, unknown, unknown>): Promise<string> {
  try {
    await virtual(coroutine(body as () => Generator<never, unknown, unknown>)());
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
  return 'nothing';
}

test('a negative delay gives way once, NaN is refused, infinity waits for a cancellation', async () => {
  const main = coroutine(function* () {
    const loop = getRunningLoop();
    yield* sleep(-5);
    const forever = createTask(sleep(Number.POSITIVE_INFINITY));
    yield* sleep(1e6);
    forever.cancel();
    yield* wait([forever]);
    return [loop.time(), forever.cancelled()];
  });
  expect(await virtual(main())).toEqual([1e6, true]);
  const sleeping = (delay: unknown): Promise<string> =>
    thrown(function* () {
      yield* sleep(delay as number);
    });
  expect(await sleeping(Number.NaN)).toBe('ValueError: Invalid delay: NaN (not a number)');
  expect(await sleeping('1')).toBe("TypeError: '<=' not supported between instances of 'str' and 'int'");
  expect(
    await thrown(function* () {
      getRunningLoop().callLater(Number.NaN, () => {});
    }),
  ).toBe('ValueError: Invalid delay: NaN (not a number)');
});

test('an infinite timer does not keep the others from firing on the real clock', async () => {
  const main = coroutine(function* () {
    const forever = createTask(sleep(Number.POSITIVE_INFINITY));
    const long = createTask(sleep(1e9));
    yield* sleep(0.01);
    return [forever.done(), long.done()];
  });
  expect(await run(main())).toEqual([false, false]);
});

test('awaiting a coroutine function asks whether the call was forgotten; a plain value is given back', async () => {
  const hello = coroutine(function* () {});
  expect(
    await thrown(function* () {
      yield* awaiting(hello);
    }),
  ).toBe("TypeError: object function can't be used in 'await' expression");
  const main = coroutine(function* () {
    return [yield* awaiting(42), yield* awaiting(null), yield* awaiting(undefined)];
  });
  expect(await virtual(main())).toEqual([42, null, undefined]);
});

test('thenables that throw, settle twice, or never call back are awaited safely', async () => {
  const throwing = {
    // biome-ignore lint/suspicious/noThenProperty: that is what is tested.
    then() {
      throw new Error('in then');
    },
  };
  const hostile = {
    // biome-ignore lint/suspicious/noThenProperty: that is what is tested.
    get then(): never {
      throw new Error('in the getter');
    },
  };
  const twice = {
    // biome-ignore lint/suspicious/noThenProperty: that is what is tested.
    then(resolve: (value: string) => void, reject: (reason: Error) => void) {
      resolve('first');
      resolve('second');
      reject(new Error('third'));
      throw new Error('fourth');
    },
  };
  const read = (operand: unknown) =>
    thrown(function* () {
      yield* awaiting(operand);
    });
  expect(await read(throwing)).toBe('Error: in then');
  expect(await read(hostile)).toBe('Error: in the getter');
  const main = coroutine(function* () {
    const silent = createTask(
      coroutine(function* () {
        // biome-ignore lint/suspicious/noThenProperty: that is what is tested.
        yield* awaiting({ then() {} });
      })(),
    );
    const value = yield* awaiting(twice as unknown as PromiseLike<string>);
    silent.cancel();
    yield* wait([silent]);
    return [value, silent.cancelled()];
  });
  expect(await run(main())).toEqual(['first', true]);
});

test('the exception handler gets what callbacks throw, and what a handler itself throws', async () => {
  const told: ExceptionContext[] = [];
  const loop = new Loop({ shared: true, onException: (context) => told.push(context) });
  const main = coroutine(function* () {
    loop.callSoon(function boom() {
      throw new Error('soon');
    });
    loop.callLater(0, () => {
      throw new Error('later');
    });
    const future = loop.createFuture();
    future.addDoneCallback(() => {
      throw new Error('done');
    });
    future.setResult(1);
    yield* sleep(0);
    yield* sleep(0);
    loop.setExceptionHandler(() => {
      throw new Error('handler');
    });
    loop.callSoon(() => {
      throw new Error('again');
    });
    yield* sleep(0);
    return 'alive';
  });
  loop.install();
  loop.hold();
  expect(await loop.createTask(main())).toBe('alive');
  expect(told.map(({ message, exception }) => [message, (exception as Error).message]).sort()).toEqual([
    ['Exception in callback <lambda>()', 'done'],
    ['Exception in callback <lambda>()', 'later'],
    ['Exception in callback boom()', 'soon'],
    ['Unhandled error in exception handler', 'handler'],
  ]);
});

test('things of another loop are refused', async () => {
  let foreign: Lock | undefined;
  let future: ReturnType<Loop['createFuture']> | undefined;
  await virtual(
    coroutine(function* () {
      foreign = new Lock();
      future = getRunningLoop().createFuture();
    })(),
  );
  expect(
    await thrown(function* () {
      yield* future as NonNullable<typeof future>;
    }),
  ).toMatch(/^RuntimeError: Task <Task pending.*got Future <Future pending> attached to a different loop$/);
  expect(foreign?.locked()).toBe(false);
});

test('a body that yields a plain value gets an error that says how to write it', async () => {
  expect(
    await thrown(function* () {
      yield 42;
    }),
  ).toBe('RuntimeError: Task got bad yield: 42');
});

test('an uncompiled async function gets an error that names the ways', () => {
  for (const use of [() => coroutine(async () => {}), () => asyncGenerator(async function* () {})]) {
    let error: Error & { notes?: string[] } = new Error();
    try {
      use();
    } catch (caught) {
      error = caught as Error;
    }
    expect(error.message).toContain('an async function that is not compiled');
    expect(error.notes?.join('\n')).toMatch(/notebook cell[\s\S]*cokernel\/esbuild[\s\S]*function\*/);
  }
  expect(() => coroutine(42 as never)).toThrow('coroutine() expected an async literal or a generator function, got 42');
});

test('blocks refuse an uncompiled async body before they begin', async () => {
  expect(
    await thrown(function* () {
      yield* taskGroup(async () => {});
    }),
  ).toMatch(/^TypeError: taskGroup\(\) was given an async function that is not compiled/);
  expect(
    await thrown(function* () {
      yield* timeout(1, async () => {});
    }),
  ).toMatch(/^TypeError: timeout\(\) was given/);
});

test('locks, semaphores, barriers and queues check their arguments', async () => {
  const lock = new Lock();
  expect(() => lock.release()).toThrow('Lock is not acquired.');
  expect(() => new Semaphore(-1)).toThrow('Semaphore initial value must be >= 0');
  expect(() => new BoundedSemaphore(1).release()).toThrow('BoundedSemaphore released too many times');
  expect(() => new Barrier(0)).toThrow('parties must be >= 1');
  expect(() => new Queue().taskDone()).toThrow('task_done() called too many times');
  const queue = new PriorityQueue<unknown>();
  queue.putNowait({});
  expect(() => queue.putNowait({})).toThrow("'<' not supported between instances of 'Object' and 'Object'");
});

test('a gather refuses unknown options, and an empty one is done at once', async () => {
  expect(
    await thrown(function* () {
      yield* gather(sleep(0), { return_exceptions: true } as never);
    }),
  ).toMatch(/^TypeError: gather\(\) got an unexpected option 'return_exceptions'/);
  const main = coroutine(function* () {
    return yield* gather();
  });
  expect(await virtual(main())).toEqual([]);
});

test('a future takes one outcome', async () => {
  const main = coroutine(function* () {
    const future = getRunningLoop().createFuture<number>();
    const words: string[] = [];
    const say = (work: () => unknown): void => {
      try {
        work();
      } catch (error) {
        words.push(`${(error as Error).name}: ${(error as Error).message}`);
      }
    };
    say(() => future.result());
    say(() => future.exception());
    future.setResult(1);
    say(() => future.setResult(2));
    say(() => future.setException(new Error()));
    return [words, yield* future, future.cancel()];
  });
  expect(await virtual(main())).toEqual([
    [
      'InvalidStateError: Result is not set.',
      'InvalidStateError: Exception is not set.',
      'InvalidStateError: invalid state',
      'InvalidStateError: invalid state',
    ],
    1,
    false,
  ]);
});

test('thousands of tasks that await one another are cancelled, and so is a ring', async () => {
  const main = coroutine(function* () {
    let last: Coroutine<void> = sleep(100);
    const chain = Array.from({ length: 20_000 }, () => {
      const inner = createTask(last);
      last = coroutine(function* () {
        yield* inner;
      })();
      return inner;
    });
    const outer = createTask(last);
    yield* sleep(1);
    outer.cancel();
    yield* wait([outer]);
    return [outer.cancelled(), chain.every((task) => task.cancelled())];
  });
  expect(await virtual(main())).toEqual([true, true]);
});

test('groups of errors are split by kind, deeply, and refuse what is no error', () => {
  const group = new ExceptionGroup('outer', [
    new TypeError('a'),
    new ExceptionGroup('inner', [new RangeError('b'), new TypeError('c')]),
  ]);
  const [types, rest] = group.split(TypeError);
  const shape = (one: Error): unknown => (one instanceof ExceptionGroup ? one.errors.map(shape) : one.message);
  expect([shape(types as Error), shape(rest as Error)]).toEqual([['a', ['c']], [['b']]]);
  expect(group.subgroup(SyntaxError)).toBe(null);
  expect(group.subgroup((error) => error.message === 'b')?.message).toBe('outer (1 sub-exception)');
  expect(group).toBeInstanceOf(AggregateError);
  expect(() => new ExceptionGroup('empty', [])).toThrow('second argument (exceptions) must be a non-empty sequence');
  expect(() => new ExceptionGroup('x', [1 as never])).toThrow(
    'Item 0 of second argument (exceptions) is not an exception',
  );
});
