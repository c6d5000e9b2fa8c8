import { afterEach, expect, test } from '@jest/globals';
import { Coroutine, coroutine, createTask, Future, run, sleep } from '../../../runtime/asyncio/index.ts';
import { stateText } from '../../../runtime/cell/execute/state-text.ts';

const made: Coroutine<unknown>[] = [];
afterEach(() => {
  for (const one of made.splice(0)) one.close();
});

test('a coroutine says whether it is created, suspended or closed, and what it waits for', async () => {
  const make = coroutine(function* nap() {
    yield* sleep(0.01);
  });
  const one = make();
  made.push(one);
  expect(stateText(one)).toBe('coroutine nap, created');
  await run(
    coroutine(function* () {
      const task = createTask(one, { name: 'napping' });
      yield* sleep(0);
      expect(stateText(one)).toBe('coroutine nap, suspended, waits for sleep(0.01)');
      expect(stateText(task)).toMatch(/^<Task pending name='napping' .*>, waits for sleep\(0\.01\)$/);
      yield* task;
      expect(stateText(one)).toBe('coroutine nap, closed');
      expect(stateText(task)).toMatch(/^<Task finished name='napping' [^,]*>$/);
    })(),
    { clock: 'virtual' },
  );
});

test('other values have no state of this kind', () => {
  for (const value of [1, null, undefined, {}, Promise.resolve(), class {}, Coroutine, Future]) {
    expect(stateText(value)).toBeUndefined();
  }
});

test('a proxy is not asked, on the value or among its prototypes', () => {
  const asked: string[] = [];
  const proxy = new Proxy(
    {},
    {
      getPrototypeOf() {
        asked.push('prototype');
        return null;
      },
    },
  );
  for (const value of [proxy, Object.create(proxy)]) expect(stateText(value)).toBeUndefined();
  expect(asked).toEqual([]);
});
