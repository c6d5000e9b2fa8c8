// What a trace records of a cancellation: the line of the call, or the part of the library that requested it; and of a
// wait for several.

import { basename } from 'node:path';
import { expect, test } from '@jest/globals';
import {
  type Coroutine,
  cancelScope,
  coroutine,
  createTask,
  Event,
  gather,
  getRunningLoop,
  Lock,
  run,
  shield,
  sleep,
  type TraceRecord,
  taskGroup,
  timeout,
  wait,
  waitFor,
} from '../../runtime/asyncio/index.ts';

type Cancelled = Extract<TraceRecord, { type: 'cancelled' }>;
type Suspended = Extract<TraceRecord, { type: 'suspended' }>;

async function traced(body: () => Coroutine<unknown>): Promise<readonly TraceRecord[]> {
  const records: TraceRecord[] = [];
  const main = coroutine(function* main() {
    getRunningLoop().trace = (record) => void records.push(record);
    yield* body();
  });
  await run(main(), { clock: 'virtual' }).catch(() => {});
  return records;
}

const cancels = async (body: () => Coroutine<unknown>): Promise<Cancelled[]> =>
  (await traced(body)).filter((record) => record.type === 'cancelled');

/** The line of this file that the caller stands in, so many lines further down. */
function line(further = 0): number {
  return Number(/:(\d+):\d+\)?$/.exec(new Error().stack?.split('\n')[2] ?? '')?.[1]) + further;
}

test('a cancellation has the line of its call, also in a plain function, and for each task of a gather', async () => {
  let expected: (readonly [string, number])[] = [];
  const stop = (task: { cancel(): boolean }): number => {
    task.cancel();
    return line(-1);
  };
  const found = await cancels(
    coroutine(function* boss() {
      const lazy = [createTask(sleep(60)), createTask(sleep(60))];
      const both = gather(sleep(60), gather(sleep(60)));
      yield* sleep(1);
      lazy[0]?.cancel('enough');
      const own = line(-1);
      const inner = stop(lazy[1] as (typeof lazy)[number]);
      both.cancel();
      const last = line(-1);
      yield* gather(both, { returnExceptions: true });
      expected = [
        ['boss', own],
        ['stop', inner],
        ['boss', last],
        ['boss', last],
      ];
    }),
  );
  expect(found.map(({ place }) => [place?.name, place?.line])).toEqual(expected);
  expect(new Set(found.map(({ place }) => basename(place?.file ?? '')))).toEqual(
    new Set([basename(import.meta.filename)]),
  );
  expect(found.map(({ through }) => through)).toEqual([undefined, undefined, undefined, undefined]);
  expect(found[0]?.place?.coroutine).toBeGreaterThan(0);
});

test('one that the library asks for has no line, and says what asked', async () => {
  const forever = coroutine(function* forever() {
    yield* sleep(60);
  });
  const fails = coroutine(function* fails() {
    yield* sleep(1);
    throw new Error('bad');
  });
  const group = coroutine(function* () {
    yield* taskGroup(function* (tg) {
      tg.createTask(forever());
      tg.createTask(fails());
      yield* sleep(60);
    });
  });
  const each: Record<string, () => Coroutine<unknown>> = {
    timeout: () => timeout(1, forever),
    waitFor: () => waitFor(forever(), 1),
    TaskGroup: group,
    cancelScope: () => cancelScope(forever, { timeout: 1 }),
    AbortSignal: () => timeout(null, forever, { signal: AbortSignal.abort() }),
    run: coroutine(function* () {
      createTask(forever());
      yield* sleep(1);
    }),
  };
  for (const [name, body] of Object.entries(each)) {
    const found = await cancels(body);
    expect([name, found.length > 0]).toEqual([name, true]);
    for (const { through, place } of found) expect([name, through, place]).toEqual([name, name, null]);
  }
});

test('cancelling a scope by hand has a line', async () => {
  const [found] = await cancels(() =>
    cancelScope(function* (scope) {
      scope.cancel();
      yield* sleep(1);
    }),
  );
  expect(found).toMatchObject({ by: { kind: 'task' }, place: { line: expect.any(Number) } });
  expect(found?.through).toBe(undefined);
});

test('the place is found when it is read, and is the same however late', async () => {
  const [found] = await cancels(
    coroutine(function* () {
      const lazy = createTask(sleep(60));
      yield* sleep(1);
      lazy.cancel();
    }),
  );
  const limit = Error.stackTraceLimit;
  const early = JSON.stringify(found);
  expect(JSON.parse(early).place.line).toBeGreaterThan(0);
  expect(JSON.stringify(found)).toBe(early);
  expect(Error.stackTraceLimit).toBe(limit);
});

test('if stacks cannot be read there is no place, and the cancellation goes on', async () => {
  const before = Error.prepareStackTrace;
  const [found] = await cancels(
    coroutine(function* () {
      const lazy = createTask(sleep(60));
      yield* sleep(1);
      lazy.cancel();
    }),
  );
  try {
    Error.prepareStackTrace = () => {
      throw new Error('not today');
    };
    expect(found?.place).toBe(null);
  } finally {
    Error.prepareStackTrace = before;
  }
});

test('a wait for several names them: a group, wait, shield, and gather, also through waitFor and one another', async () => {
  const nap = (name: string) => createTask(sleep(1), { name });
  const among = async (body: () => Coroutine<unknown>): Promise<string[][]> => {
    const records = await traced(body);
    const names = new Map(records.flatMap((one) => (one.type === 'created' ? [[one.task, one.name] as const] : [])));
    return records
      .filter((record): record is Suspended => record.type === 'suspended' && record.among !== undefined)
      .map((record) => [record.on, ...(record.among ?? []).map((task) => names.get(task) ?? '')]);
  };
  const group = (): Coroutine<unknown> =>
    taskGroup(function* (tg) {
      tg.createTask(sleep(1), { name: 'a' });
      tg.createTask(sleep(1), { name: 'b' });
      yield* sleep(0);
    });
  expect(await among(group)).toEqual([['task group of 2', 'a', 'b']]);
  expect(await among(() => waitFor(gather(nap('a'), gather(nap('b'), nap('c'))), 5))).toEqual([
    ['gather of 2', 'a', 'b', 'c'],
  ]);
  expect(await among(() => wait([nap('a'), nap('b')]))).toEqual([['wait for 2', 'a', 'b']]);
  const shielding = coroutine(function* () {
    yield* shield(gather(nap('a'), nap('b')));
  });
  expect(await among(shielding)).toEqual([['shield', 'a', 'b']]);
  const inTime = function* () {
    yield* group();
  };
  expect(await among(() => timeout(5, inTime))).toEqual([['task group of 2', 'a', 'b']]);
  expect(await among(() => waitFor(group(), 5))).toEqual([['task group of 2', 'a', 'b']]);
});

test('a wait for what tasks share names it: the same number for all tasks that wait for the same thing', async () => {
  const records = await traced(
    coroutine(function* () {
      const [lock, event] = [new Lock(), new Event()];
      yield* lock.acquire();
      createTask(lock.acquire());
      createTask(event.wait());
      createTask(lock.acquire());
      yield* sleep(1);
    }),
  );
  const waits = records.filter((record): record is Suspended => record.type === 'suspended');
  expect(waits.map(({ on, shared }) => [on, shared]).slice(0, 4)).toEqual([
    ['sleep(1)', undefined],
    ['lock', 1],
    ['event', 2],
    ['lock', 1],
  ]);
});
