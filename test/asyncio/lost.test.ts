// What is reported: coroutines never awaited, swallowed cancellations and slow steps in debug mode; and what is not.
// biome-ignore-all lint/correctness/useYield: many bodies have nothing to wait for.
// biome-ignore-all lint/suspicious/noAssignInExpressions: the form that compiled code has.

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { body, drop, pending, start, yielded } from '../../runtime/asyncio/compiled.ts';
import {
  asyncGenerator,
  type Coroutine,
  coroutine,
  createTask,
  gather,
  getRunningLoop,
  Loop,
  passedFrames,
  run,
  sleep,
  type Warning,
  warnings,
} from '../../runtime/asyncio/index.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
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
  return 'hello';
});
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('a discarded coroutine is reported at once, with its line, and only once', async () => {
  drop(greet(), 7);
  expect(told.map(({ category, message, line }) => [category, message, line])).toEqual([
    ['RuntimeWarning', "coroutine 'hello' was never awaited", 7],
  ]);
  await turn();
  collect();
  await turn();
  expect(told).toHaveLength(1);
});

test('the place of a discarded statement is its own, and not where the function was written', () => {
  const elsewhere = coroutine(body(function* () {}, { name: 'elsewhere', file: 'Cell [1]', line: 1 }));
  drop(elsewhere(), 7, 'Cell [3]');
  expect(told.map(({ file, line }) => [file, line])).toEqual([['Cell [3]', 7]]);
});

test('a coroutine that is held, awaited, closed or given to a task is not reported when it is dropped', async () => {
  const held = greet();
  const other = greet();
  drop(held, 1);
  other.close();
  drop(other, 2);
  expect(drop(42, 3)).toBe(42);
  const main = coroutine(function* () {
    const scheduled = greet();
    createTask(scheduled);
    drop(scheduled, 4);
    yield* gather(greet(), greet(), greet());
  });
  await run(main());
  expect(told).toEqual([]);
  held.close();
});

test('one that a function kept and returned is reported, but can still be awaited', async () => {
  let kept: Coroutine<string> | undefined;
  const make = () => {
    kept = greet();
    return kept;
  };
  drop(make(), 5);
  expect(told).toHaveLength(1);
  expect(await run(kept as Coroutine<string>)).toBe('hello');
  expect(told).toHaveLength(1);
});

test('a lost coroutine is reported once it is garbage-collected, under the owner that lost it', async () => {
  const loop = new Loop({ shared: true });
  loop.install();
  const lose = coroutine(function* () {
    void greet();
    void greet();
    yield* sleep(0);
  });
  await loop.createTask(lose(), { owner: 'cell 3' });
  for (let i = 0; i < 50 && told.length < 2; i++) {
    collect();
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  expect(told.map(({ message, owner }) => [message, owner])).toEqual([
    ["coroutine 'hello' was never awaited", 'cell 3'],
    ["coroutine 'hello' was never awaited", 'cell 3'],
  ]);
});

test('an exception nobody will retrieve is reported when a collection shows it, causes and all', async () => {
  const seen: unknown[] = [];
  const loop = new Loop({
    shared: true,
    onException: ({ message, exception, owner }) => {
      seen.push([message, (exception as Error).message, owner]);
    },
  });
  loop.install();
  const fails = coroutine(function* (cause: boolean) {
    yield* sleep(0);
    try {
      throw new Error('inner');
    } catch (error) {
      throw new Error('outer', cause ? { cause: error } : {});
    }
  });
  const lose = coroutine(function* () {
    createTask(fails(true));
    createTask(fails(false));
    yield* sleep(0.001);
  });
  await loop.createTask(lose(), { owner: 'cell 3' });
  for (let i = 0; i < 50 && seen.length < 2; i++) {
    collect();
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  expect(seen).toEqual([
    ['Task exception was never retrieved', 'outer', 'cell 3'],
    ['Task exception was never retrieved', 'outer', 'cell 3'],
  ]);
});

test('debug mode lasts as long as the run that asked for it, on a shared loop too', async () => {
  const loop = new Loop({ shared: true });
  loop.install();
  const slow = coroutine(function* dawdles() {
    const until = performance.now() + 120;
    while (performance.now() < until);
    return loop.getDebug();
  });
  expect(await run(slow(), { debug: true })).toBe(true);
  await turn();
  expect(loop.getDebug()).toBe(false);
  expect(told.map(({ message }) => message.replace(/\d+\.\d+/, 'N'))).toEqual([
    expect.stringMatching(/^Executing <Task .*dawdles\(\).* took N seconds$/),
  ]);
});

test('debug mode names the callback that kept the loop', async () => {
  const main = coroutine(function* () {
    const future = getRunningLoop().createFuture<number>();
    const spin = () => {
      const until = performance.now() + 30;
      while (performance.now() < until);
    };
    getRunningLoop().slowCallbackDuration = 0.02;
    getRunningLoop().callSoon(spin);
    future.addDoneCallback(function whenDone() {
      spin();
    });
    future.setResult(1);
    yield* sleep(0.001);
  });
  await run(main(), { debug: true });
  // On a busy machine a task's step may be slow too.
  const ofCallbacks = told.filter(({ message }) => message.includes('<Handle'));
  const messages = ofCallbacks.map(({ message }) => message.replace(/\d+\.\d+/, 'N'));
  expect(messages).toEqual([
    'Executing <Handle spin()> took N seconds',
    'Executing <Handle whenDone(<Future finished result=1>)> took N seconds',
  ]);
});

test('what is still lost at the shutdown is reported then; what was awaited after all is not', async () => {
  const loop = new Loop({ shared: true });
  loop.install();
  loop.hold();
  const kept: Coroutine<unknown>[] = [];
  await loop.createTask(
    coroutine(function* () {
      kept.push(greet(), greet());
    })(),
  );
  await turn();
  await loop.createTask(kept[0] as Coroutine<unknown>);
  await loop.shutdown(1);
  expect(told.map(({ message }) => message)).toEqual(["coroutine 'hello' was never awaited"]);
  kept[1]?.close();
});

test('debug mode reports slow steps and swallowed cancellations, and where a lost coroutine was made', async () => {
  const swallows = coroutine(function* careless() {
    try {
      yield* sleep(10);
    } catch {}
  });
  const main = coroutine(function* program() {
    const task = createTask(swallows());
    yield* sleep(0);
    task.cancel();
    yield* task;
    const until = performance.now() + 120;
    while (performance.now() < until);
    drop(greet(), 1);
  });
  await run(main(), { debug: true });
  expect(warnings.origins).toBe(false);
  const messages = told.map(({ message }) => message.replace(/\d+\.\d+/, 'N').replace(/name='[^']*'/, 'name'));
  // On a busy machine other steps are slow, too.
  expect(messages).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^<Task .*careless\(\).*was cancelled, and its CancelledError was caught/),
      "coroutine 'hello' was never awaited",
      expect.stringMatching(/^Executing <Task .*program\(\).* took N seconds$/),
    ]),
  );
  const lost = told.find(({ message }) => message.startsWith('coroutine'));
  expect(lost?.notes.join('\n')).toContain('lost.test.ts');
});

// ── the contract with compiled code ─────────────────────────────────────────────────────────────────────────────────

type AnyBody = (...args: never[]) => Generator<unknown, unknown, unknown>;
const compiled = (name: string, line: number, make: AnyBody) =>
  coroutine(body(make, { name, file: 'Cell [1]', line }) as never) as unknown as (
    ...args: unknown[]
  ) => Coroutine<unknown>;

test('compiled bodies keep their names and the lines of their awaits', async () => {
  const inner = compiled('inner', 1, function* () {
    let v: unknown;
    (v = start(2, sleep(1))) === pending ? yield v : v;
    throw new Error('below');
  });
  const outer = compiled('outer', 4, function* () {
    let v: unknown;
    return (v = start(5, inner())) === pending ? yield v : v;
  });
  const seen: unknown[] = [];
  const main = coroutine(function* () {
    const task = createTask(outer());
    yield* sleep(0.5);
    seen.push(task.getStack(), String(task).replace(/name='[^']*' /, ''));
    try {
      yield* task;
    } catch (error) {
      seen.push(passedFrames(error));
    }
  });
  await run(main(), { clock: 'virtual' });
  const frames = [
    { name: 'outer', file: 'Cell [1]', line: 5 },
    { name: 'inner', file: 'Cell [1]', line: 2 },
  ];
  expect(seen).toEqual([
    frames,
    '<Task pending coro=<outer() running at Cell [1]:5> wait_for=<Future pending cb=[Task.task_wakeup()]>>',
    frames.slice().reverse(),
  ]);
});

const returns = (what: () => unknown, before = false) =>
  compiled('returns', 1, function* () {
    let value: unknown;
    if (before) (value = start(1, sleep(0))) === pending ? yield value : value;
    try {
      return what();
    } catch {
      return 'caught by the body itself';
    }
  })() as Coroutine<unknown>;

test('what a compiled async function returns is awaited, as in JavaScript, and not inside its own try', async () => {
  const failing = coroutine(function* () {
    yield* sleep(0);
    throw new Error('from what was returned');
  });
  for (const before of [false, true]) {
    const main = coroutine(function* () {
      const seen: unknown[] = [
        yield* returns(() => greet(), before),
        yield* returns(() => sleep(1, 'slept'), before),
        yield* returns(() => createTask(sleep(1, 'task')), before),
        yield* returns(() => Promise.resolve('native'), before),
        yield* returns(() => returns(() => greet(), before), before),
        yield* returns(() => null, before),
      ];
      for (const fails of [() => failing(), () => Promise.reject(new Error('native'))]) {
        try {
          yield* returns(fails, before);
        } catch (error) {
          seen.push((error as Error).message);
        }
      }
      const task = createTask(returns(() => sleep(100), before));
      yield* sleep(1);
      task.cancel();
      yield* sleep(0);
      yield* sleep(0);
      return [...seen, task.cancelled()];
    });
    const expected = ['hello', 'slept', 'task', 'native', 'hello', null, 'from what was returned', 'native', true];
    expect(await run(main(), { clock: 'virtual' })).toEqual(expected);
  }
});

test('a chain of returned coroutines, 5,000 long, comes to its end', async () => {
  const chain = (left: number): Coroutine<unknown> =>
    returns(() => (left === 0 ? sleep(0, 'end') : chain(left - 1)), left % 7 === 0);
  expect(await run(chain(5000), { clock: 'virtual' })).toBe('end');
});

test('a compiled async generator awaits and produces, is sent to, thrown into and closed', async () => {
  const log: string[] = [];
  const make = function* (): Generator<unknown, void, unknown> {
    let v: unknown;
    try {
      const got = yield yielded((v = start(2, sleep(1, 'a'))) === pending ? yield v : v);
      log.push(`got ${String(got)}`);
      yield yielded('b');
    } finally {
      (v = start(5, sleep(1))) === pending ? yield v : v;
      log.push('closed');
    }
  };
  const letters = asyncGenerator(
    body(make as AnyBody, { name: 'letters', file: 'Cell [1]', line: 1 }) as never,
  ) as () => ReturnType<ReturnType<typeof asyncGenerator<[], string, void, string>>>;
  const main = coroutine(function* () {
    const one = letters();
    const first = yield* one.next();
    const second = yield* one.asend('sent');
    yield* one.aclose();
    const end = yield* one.next();
    return [first, second, end];
  });
  expect(await run(main(), { clock: 'virtual' })).toEqual([
    { done: false, value: 'a' },
    'b',
    { done: true, value: undefined },
  ]);
  expect(log).toEqual(['got sent', 'closed']);
});
