// The checks of the exercises: each takes the right answer, says what is wrong with wrong ones, and never throws.
// They run under virtual time, with cokernel as the cells have it.

import { beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import * as asyncio from '../../runtime/asyncio/index.ts';
import {
  awaiting,
  CancelledError,
  type Coroutine,
  coroutine,
  createTask,
  gather,
  isAwaitable,
  isCoroutineFunction,
  type Queue,
  run,
  Semaphore,
  sleep,
  TimeoutError,
  taskGroup,
  waitFor,
} from '../../runtime/asyncio/index.ts';

type Ask = () => Coroutine<string>;
type Checks = typeof import('../../notebooks/checks.ts');

let checks: Checks;
const said: string[] = [];

beforeAll(async () => {
  jest.unstable_mockModule('cokernel', () => asyncio);
  checks = await import('../../notebooks/checks.ts');
});
beforeEach(() => {
  said.length = 0;
  jest.spyOn(console, 'log').mockImplementation((text) => void said.push(String(text)));
});

async function answer(name: keyof Checks, given: unknown): Promise<string> {
  const check = checks[name] as (given: unknown) => Coroutine<void>;
  await run(check(given), { clock: 'virtual' });
  expect(said).toHaveLength(1);
  return said[0] as string;
}

/** For each check: the right answers, and wrong ones with what shall be said of them. */
const ANSWERS: Readonly<Record<string, { readonly right: readonly unknown[]; readonly wrong: readonly Wrong[] }>> = {
  checkGreet: {
    right: [
      coroutine(function* (name: string) {
        yield* sleep(0.1);
        return `Hello, ${name}`;
      }),
    ],
    wrong: [
      [
        coroutine(function* (name: string) {
          yield* sleep(0);
          return `Hello, ${name}`;
        }),
        /came at once/,
      ],
      [
        coroutine(function* () {
          yield* sleep(0.1);
          return 'Hello, Ada';
        }),
        /'Hello, Lin'\. It gave 'Hello, Ada'/,
      ],
      [(name: string) => `Hello, ${name}`, /at once\. Make it with coroutine/],
      [async (name: string) => `Hello, ${name}`, /gave a promise, so it runs already/],
      [() => sleep(0.1), /It gave undefined/],
      [42, /should be a function\. It is 42/],
      [() => sleep(3600), /after 5 seconds it is still not done/],
      [
        coroutine(function* () {
          yield* sleep(0);
          throw new TypeError('oh');
        }),
        /it threw TypeError: oh/,
      ],
      [
        coroutine(function* () {
          yield* sleep(0);
          throw 'a text';
        }),
        /it threw a text/,
      ],
      [
        coroutine(function* () {
          yield* sleep(0);
          throw new TimeoutError('mine');
        }),
        /it threw TimeoutError: mine/,
      ],
    ],
  },
  checkTea: {
    right: [
      coroutine(function* (boil: Ask, toast: Ask) {
        const water = createTask(boil());
        const bread = yield* toast();
        return [yield* water, bread];
      }),
      coroutine(function* (boil: Ask, toast: Ask) {
        return yield* gather(boil(), toast());
      }),
    ],
    wrong: [
      [
        coroutine(function* (boil: Ask, toast: Ask) {
          return [yield* boil(), yield* toast()];
        }),
        /only after boil had/,
      ],
      [
        coroutine(function* (boil: Ask, toast: Ask) {
          const bread = yield* toast();
          return [yield* boil(), bread];
        }),
        /only after toast had/,
      ],
      [
        coroutine(function* (boil: Ask, toast: Ask) {
          createTask(boil());
          return [yield* toast(), 'x'];
        }),
        /did not come to the boil/,
      ],
      [
        coroutine(function* (boil: Ask, toast: Ask) {
          return (yield* gather(boil(), toast())).reverse();
        }),
        /should give \[ 'hot water', 'toast' \]/,
      ],
      [
        coroutine(function* () {
          yield* sleep(0);
          return [];
        }),
        /boil never began/,
      ],
    ],
  },
  checkStairs: {
    right: [
      coroutine(function* (step: Step) {
        for (const n of [1, 2, 3]) yield* step(n);
        return 'up';
      }),
    ],
    wrong: [
      [
        coroutine(function* (step: Step) {
          yield* step(1);
          return 'up';
        }),
        /You called for 1\./,
      ],
      [
        coroutine(function* (step: Step) {
          yield* gather(step(1), step(2), step(3));
          return 'up';
        }),
        /two steps/,
      ],
      [
        coroutine(function* (step: Step) {
          for (const n of [1, 2, 3]) yield* step(n);
        }),
        /It gave undefined/,
      ],
      [
        coroutine(function* (step: Step) {
          for (const n of [3, 2, 1]) yield* step(n);
          return 'up';
        }),
        /3, 2, 1/,
      ],
      [
        coroutine(function* (step: Step) {
          yield* step(1);
          yield* step(2);
          step(3).close();
          return 'up';
        }),
        /step 3 was not finished/,
      ],
    ],
  },
  checkAtOnce: {
    right: [
      coroutine(function* (jobs: Ask[]) {
        return yield* gather(...jobs.map((job) => job()));
      }),
    ],
    wrong: [
      [
        coroutine(function* (jobs: Ask[]) {
          const all = [];
          for (const job of jobs) all.push(yield* job());
          return all;
        }),
        /at most 1 at a time/,
      ],
      [
        coroutine(function* (jobs: Ask[]) {
          return (yield* gather(...jobs.map((job) => job()))).reverse();
        }),
        /in the order/,
      ],
      [
        coroutine(function* (jobs: Ask[]) {
          for (const job of jobs) createTask(job());
          yield* sleep(0);
        }),
        /of three jobs 0/,
      ],
    ],
  },
  checkFullName: {
    right: [
      coroutine(function* (first: Ask, last: Ask) {
        return (yield* gather(first(), last())).join(' ');
      }),
    ],
    wrong: [
      [
        coroutine(function* (first: Ask, last: Ask) {
          return String(yield* gather(first(), last()));
        }),
        /gives an array/,
      ],
      [
        coroutine(function* (first: Ask, last: Ask) {
          return (yield* gather(last(), first())).join(' ');
        }),
        /swapped/,
      ],
      [
        coroutine(function* (first: Ask, last: Ask) {
          return `${yield* first()} ${yield* last()}`;
        }),
        /one part after/,
      ],
      [
        coroutine(function* (first: Ask) {
          const one = first();
          yield* one;
          return `${one}`;
        }),
        /joined coroutine objects/,
      ],
      [
        coroutine(function* () {
          yield* sleep(0);
          return 'Bob';
        }),
        /It gave 'Bob'/,
      ],
    ],
  },
  checkDescribe: {
    right: [(value: unknown) => (isCoroutineFunction(value) ? 'call it' : isAwaitable(value) ? 'await it' : 'use it')],
    wrong: [
      [() => 'use it', /for a coroutine function/],
      [
        (value: unknown) => (typeof value === 'function' ? 'call it' : isAwaitable(value) ? 'await it' : 'use it'),
        /for a plain function/,
      ],
      [(value: unknown) => (isCoroutineFunction(value) ? 'call it' : 'use it'), /for a coroutine object/],
      [
        (value: object) => (isCoroutineFunction(value) ? 'call it' : 'then' in value ? 'await it' : 'use it'),
        /it threw TypeError/,
      ],
      ['text', /should be a function/],
    ],
  },
  checkTwice: {
    right: [
      coroutine(function* (ask: Ask) {
        return [yield* ask(), yield* ask()];
      }),
    ],
    wrong: [
      [
        coroutine(function* (ask: Ask) {
          const one = ask();
          return [yield* one, yield* one];
        }),
        /cannot reuse already awaited coroutine\.\nOne coroutine object was awaited twice/,
      ],
      [
        coroutine(function* (ask: Ask) {
          const one = yield* ask();
          return [one, one];
        }),
        /from one run of ask/,
      ],
      [
        coroutine(function* (ask: Ask) {
          yield* ask();
          return [yield* ask()];
        }),
        /It gave \[ 'answer 2' \]/,
      ],
    ],
  },
  checkWork: {
    right: [
      coroutine(function* (log: string[]) {
        try {
          yield* sleep(0.1);
          log.push('done');
        } finally {
          log.push('tidy');
        }
      }),
    ],
    wrong: [
      [
        coroutine(function* (log: string[]) {
          yield* sleep(0.1);
          log.push('done');
          log.push('tidy');
        }),
        /'tidy' is missing/,
      ],
      [
        coroutine(function* (log: string[]) {
          try {
            yield* sleep(0.1);
            log.push('done');
          } catch {}
          log.push('tidy');
        }),
        /swallowed the CancelledError/,
      ],
      [
        coroutine(function* (log: string[]) {
          log.push('done');
          try {
            yield* sleep(0.1);
          } finally {
            log.push('tidy');
          }
        }),
        /noted 'done' all the same/,
      ],
      [
        coroutine(function* (log: string[]) {
          try {
            yield* sleep(0.1);
            log.push('done');
          } catch (error) {
            if (error instanceof CancelledError) log.push('tidy');
            throw error;
          } finally {
            log.push('tidy');
          }
        }),
        /'tidy' once/,
      ],
      [
        coroutine(function* () {
          yield* sleep(0);
        }),
        /left alone/,
      ],
    ],
  },
  checkOrElse: {
    right: [
      coroutine(function* (slow: Ask, seconds: number, fallback: string) {
        try {
          return yield* waitFor(slow(), seconds);
        } catch (error) {
          if (error instanceof TimeoutError) return fallback;
          throw error;
        }
      }),
    ],
    wrong: [
      [
        coroutine(function* (slow: Ask) {
          return yield* slow();
        }),
        /waited for the slow one to its end/,
      ],
      [
        coroutine(function* (slow: Ask, seconds: number, fallback: string) {
          try {
            return yield* waitFor(slow(), seconds);
          } catch {
            return fallback;
          }
        }),
        /Catch TimeoutError only/,
      ],
      [
        coroutine(function* (slow: Ask, seconds: number, fallback: string) {
          const task = createTask(slow());
          yield* sleep(seconds);
          return task.done() ? yield* task : fallback;
        }),
        /still runs/,
      ],
      [
        coroutine(function* (slow: Ask, seconds: number) {
          return yield* waitFor(slow(), seconds);
        }),
        /it threw TimeoutError/,
      ],
    ],
  },
  checkLoadAll: {
    right: [
      coroutine(function* (load: Load, names: string[]) {
        const tasks = yield* taskGroup(function* (group) {
          return names.map((name) => group.createTask(load(name)));
        });
        return tasks.map((task) => task.result());
      }),
    ],
    wrong: [
      [
        coroutine(function* (load: Load, names: string[]) {
          return yield* gather(...names.map(load));
        }),
        /ran on/,
      ],
      [
        coroutine(function* (load: Load, names: string[]) {
          const all = [];
          for (const name of names) all.push(yield* load(name));
          return all;
        }),
        /one after another/,
      ],
      [
        coroutine(function* (load: Load, names: string[]) {
          return yield* gather(...names.map(load), { returnExceptions: true });
        }),
        /nobody heard of it/,
      ],
    ],
  },
  checkDoubler: {
    right: [
      coroutine(function* (inbox: Queue<number>, outbox: Queue<number>) {
        for (;;) {
          try {
            yield* outbox.put(2 * (yield* inbox.get()));
          } catch {
            outbox.shutdown();
            return;
          }
        }
      }),
    ],
    wrong: [
      [
        coroutine(function* (inbox: Queue<number>, outbox: Queue<number>) {
          yield* outbox.put(2 * (yield* inbox.get()));
        }),
        /2 went in, and nothing came out/,
      ],
      [
        coroutine(function* (inbox: Queue<number>, outbox: Queue<number>) {
          for (;;) yield* outbox.put(3 * (yield* inbox.get()));
        }),
        /for 1 the outbox should hold 2\. It held 3/,
      ],
      [
        coroutine(function* (inbox: Queue<number>, outbox: Queue<number>) {
          for (let n = 0; n < 3; n += 1) yield* outbox.put(2 * (yield* inbox.get()));
        }),
        /outbox is still open/,
      ],
      [
        coroutine(function* (inbox: Queue<number>, outbox: Queue<number>) {
          for (let n = 0; n < 3; n += 1) yield* outbox.put(2 * (yield* inbox.get()));
          yield* sleep(60);
        }),
        /your loop waits on/,
      ],
    ],
  },
  checkFetchAll: {
    right: [
      coroutine(function* (urls: string[], get: Load) {
        const door = new Semaphore(2);
        const one = coroutine(function* (url: string) {
          const place = yield* door.acquire();
          try {
            return yield* get(url);
          } finally {
            place[Symbol.dispose]();
          }
        });
        return yield* gather(...urls.map((url) => one(url)));
      }),
    ],
    wrong: [
      [
        coroutine(function* (urls: string[], get: Load) {
          return yield* gather(...urls.map(get));
        }),
        /up to 5 requests/,
      ],
      [
        coroutine(function* (urls: string[], get: Load) {
          const all = [];
          for (const url of urls) all.push(yield* get(url));
          return all;
        }),
        /one after another/,
      ],
      [
        coroutine(function* () {
          yield* sleep(0);
          return [];
        }),
        /It gave \[\]/,
      ],
    ],
  },
  checkEvery: {
    right: [
      coroutine(function* (seconds: number, times: number, action: () => void) {
        for (let n = 0; n < times; n += 1) {
          yield* sleep(seconds);
          action();
        }
      }),
    ],
    wrong: [
      [
        coroutine(function* (seconds: number, times: number, action: () => void) {
          for (let n = 0; n < times; n += 1) {
            action();
            yield* sleep(seconds);
          }
        }),
        /first call came at once/,
      ],
      [
        coroutine(function* (seconds: number, times: number, action: () => void) {
          for (let n = 0; n < times; n += 1) {
            yield* sleep(seconds);
            action();
          }
          yield* sleep(seconds);
        }),
        /slept once more/,
      ],
      [
        coroutine(function* (seconds: number, _: number, action: () => void) {
          yield* sleep(seconds);
          action();
        }),
        /once\./,
      ],
      [
        coroutine(function* (_: number, times: number, action: () => void) {
          yield* sleep(1800);
          for (let n = 0; n < times; n += 1) action();
        }),
        /They came after 0\.5, 0\.5, 0\.5/,
      ],
    ],
  },
  checkLazily: {
    right: [
      coroutine(function* (start: Start) {
        return yield* awaiting(start());
      }),
    ],
    wrong: [
      [
        (start: Start) => {
          const made = start();
          return coroutine(function* () {
            return yield* awaiting(made);
          })();
        },
        /before anybody awaited/,
      ],
      [
        coroutine(function* (start: Start) {
          start();
          return yield* awaiting(start());
        }),
        /called twice/,
      ],
      [
        coroutine(function* () {
          yield* sleep(0);
          return 'value';
        }),
        /never called/,
      ],
      [
        coroutine(function* (start: Start) {
          yield* awaiting(start());
          return 'mine';
        }),
        /It gave 'mine'/,
      ],
      [(start: Start) => start(), /gave a promise, so it runs already/],
    ],
  },
};
type Wrong = readonly [given: unknown, said: RegExp];
type Step = (number: number) => Coroutine<void>;
type Load = (name: string) => Coroutine<string>;
type Start = () => Promise<string>;

test('every check is tested', () => {
  expect(Object.keys(checks).sort()).toEqual(Object.keys(ANSWERS).sort());
});

describe.each(Object.entries(ANSWERS))('%s', (name, { right, wrong }) => {
  test.each(right)('takes a right answer: %s', async (given) => {
    expect(await answer(name as keyof Checks, given)).toMatch(/^Right\. \S/);
  });

  test.each(wrong)('explains a wrong answer: %s %s', async (given, what) => {
    const text = await answer(name as keyof Checks, given);
    expect(text).toMatch(/^Not yet: \S/);
    expect(text).toMatch(what);
  });

  test('explains an object in the place of the function, and nothing at all', async () => {
    expect(await answer(name as keyof Checks, undefined)).toMatch(
      /^Not yet: \w+ should be a function\. It is undefined\./,
    );
    said.length = 0;
    if (name === 'checkDescribe') return;
    expect(await answer(name as keyof Checks, sleep(0))).toMatch(/^Not yet: give the check the function itself/);
  });
});

test('a check that is cancelled says nothing: it was stopped, not answered', async () => {
  const stopped = coroutine(function* () {
    const task = createTask(checks.checkGreet(() => sleep(3600)));
    yield* sleep(0.1);
    task.cancel();
    try {
      yield* task;
    } catch (error) {
      return error instanceof CancelledError;
    }
    return false;
  });
  expect(await run(stopped(), { clock: 'virtual' })).toBe(true);
  expect(said).toEqual([]);
});
