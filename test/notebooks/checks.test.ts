// The checks of the exercises: each accepts the right answers, says what is wrong with wrong ones, and throws only for a
// grader.
// They run in virtual time and import 'cokernel' as cells do.

import { beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import * as asyncio from '../../runtime/asyncio/index.ts';
import {
  CancelledError,
  type Coroutine,
  coroutine,
  createTask,
  Queue,
  run,
  sleep,
} from '../../runtime/asyncio/index.ts';
import type { Answers } from './answers/answers.ts';
import * as answers from './answers/index.ts';

type Checks = typeof import('../../notebooks/checks.ts');

/** The checks of plain functions. */
const PLAIN: ReadonlySet<keyof Checks> = new Set(['checkDescribe', 'checkPlace', 'checkUnfinished']);

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
  const check = checks[name] as (given: unknown) => Coroutine<unknown>;
  await run(check(given), { clock: 'virtual' });
  expect(said).toHaveLength(1);
  return said[0] as string;
}

test('every check is tested', () => {
  expect(Object.keys(checks).sort()).toEqual(Object.keys(answers).sort());
});

describe.each(Object.entries<Answers>(answers))('%s', (title, { right, wrong }) => {
  const name = title as keyof Checks;
  const rightOnes = right.map((given, index) => [index + 1, given] as const);
  const wrongOnes = wrong.map(([given, what]) => [what.source, given, what] as const);

  test.each(rightOnes)('accepts right answer %i', async (_, given) => {
    expect(await answer(name, given)).toMatch(/^Right\. \S/);
  });

  test.each(wrongOnes)('says about a wrong answer: %s', async (_, given, what) => {
    const text = await answer(name, given);
    expect(text).toMatch(/^Not yet: \S/);
    expect(text).toMatch(what);
  });

  test('explains what to do if given undefined, or an object instead of the function', async () => {
    expect(await answer(name, undefined)).toMatch(/^Not yet: \w+ should be a function\. It is undefined\./);
    said.length = 0;
    if (PLAIN.has(name)) return;
    expect(await answer(name, sleep(0))).toMatch(/^Not yet: pass the function itself to the check/);
  });
});

test('a check returns nothing, so that a cell shows only what it prints, and its outcome returns what it found', async () => {
  const [right, wrong] = [answers.checkStairs.right[0], answers.checkStairs.wrong[0]?.[0]];
  const outcome = (given: unknown) => run(checks.checkStairs.outcome(given), { clock: 'virtual' });
  expect(await outcome(right)).toEqual({ right: true, says: said[0] });
  expect(await outcome(wrong)).toEqual({ right: false, says: said[1] });
});

test('for a grader, COKERNEL_GRADE=1 makes a wrong answer an error, and a right one none', async () => {
  process.env.COKERNEL_GRADE = '1';
  try {
    const [right, wrong] = [answers.checkStairs.right[0], answers.checkStairs.wrong[0]?.[0]];
    await expect(run(checks.checkStairs(wrong), { clock: 'virtual' })).rejects.toThrow(/You called step with 1\./);
    expect(said).toEqual([expect.stringMatching(/^Not yet: /)]);
    expect(await run(checks.checkStairs(right), { clock: 'virtual' })).toBeUndefined();
  } finally {
    delete process.env.COKERNEL_GRADE;
  }
});

test('a check that spans hours ends even if the answer waits for ever', async () => {
  const never = coroutine(function* () {
    yield* new Queue().get();
  });
  expect(await answer('checkEvery', never)).toMatch(/after 24 hours it is still not done/);
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
