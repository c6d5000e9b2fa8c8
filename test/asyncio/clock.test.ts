// Which clock a loop keeps, what is said of a name that is no clock, and of a virtual clock that stands still for long.

import { afterEach, expect, test } from '@jest/globals';
import { warnings } from '../../runtime/asyncio/engine/unawaited.ts';
import { awaiting, coroutine, createTask, run, sleep } from '../../runtime/asyncio/index.ts';

const { hook } = warnings;
const { COKERNEL_CLOCK } = process.env;

afterEach(() => {
  warnings.hook = hook;
  if (COKERNEL_CLOCK === undefined) delete process.env.COKERNEL_CLOCK;
  else process.env.COKERNEL_CLOCK = COKERNEL_CLOCK;
});

const main = coroutine(function* () {
  yield* sleep(0.01);
  return 'done';
});

test('an option that is no clock is an error, which says what was expected', async () => {
  const clock = 'moon' as 'real';
  const refused = main();
  const ran = async () => await run(refused, { clock });
  await expect(ran()).rejects.toMatchObject({
    name: 'ValueError',
    message: `clock: 'real' or 'virtual' was expected, got "moon"`,
  });
  // It did not run, and would be warned of when it is collected, perhaps in another test.
  refused.close();
});

test('COKERNEL_CLOCK names the clock of all loops; a wrong name is reported once, and the clock is real', async () => {
  const told: string[] = [];
  warnings.hook = ({ message }) => void told.push(message);
  for (const name of ['', 'real', 'virtual', 'moon', 'moon']) {
    process.env.COKERNEL_CLOCK = name;
    expect(await run(main())).toBe('done');
  }
  expect(told).toEqual(['COKERNEL_CLOCK may be real or virtual, and is "moon"; the clock is real']);
});

test('a virtual clock that stands still for five seconds says which task awaits a native promise, once', async () => {
  const told: string[] = [];
  const stood = Promise.withResolvers<string>();
  warnings.hook = ({ message }) => {
    told.push(message);
    stood.resolve(message);
  };
  const fetch = coroutine(function* () {
    yield* awaiting(stood.promise);
  });
  const crossed = coroutine(function* () {
    createTask(fetch(), { name: 'fetching' });
    yield* sleep(3600);
    return 'done';
  });
  expect(await run(crossed(), { clock: 'virtual' })).toBe('done');
  expect(told).toEqual(['the virtual clock has stood still for 5 seconds, because fetching awaits a native promise']);
}, 30_000);
