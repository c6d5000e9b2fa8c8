// The programs that are measured with cokernel, written as people write them. ../asyncio.ts compiles this file with
// cokernel/esbuild against dist/, as people do in their own builds, and runs each part in a process of its own: node
// ours.js {part} {n}.

import { type Awaitable, coroutine, gather, getRunningLoop, Lock, Queue, run, sleep } from 'cokernel';

const nothing = coroutine(async () => {});
const sleeper = coroutine(async () => {
  await sleep(1);
});
const once = coroutine(async () => {
  await sleep(0);
});
const spinner = coroutine(async (times: number) => {
  for (let i = 0; i < times; i++) await sleep(0);
});
const awaiter = coroutine(async (times: number) => {
  for (let i = 0; i < times; i++) await nothing();
});
const plain = coroutine(async (times: number) => {
  for (let i = 0; i < times; i++) await i;
});
const deep = coroutine(async (depth: number, times: number): Promise<void> => {
  if (depth > 1) await deep(depth - 1, times);
  else for (let i = 0; i < times; i++) await sleep(0);
});
const putter = coroutine(async (queue: Queue<number>, times: number) => {
  for (let i = 0; i < times; i++) await queue.put(i);
});
const getter = coroutine(async (queue: Queue<number>, times: number) => {
  for (let i = 0; i < times; i++) await queue.get();
});
const holder = coroutine(async (lock: Lock, times: number) => {
  for (let i = 0; i < times; i++) {
    await lock.acquire();
    await sleep(0);
    lock.release();
  }
});

const many = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);

/** Runs small groups several times, so that a thousand tasks give as exact a figure as a million. */
const grow = coroutine(async (n: number, times: number) => {
  for (let i = 0; i < times; i++) await gather(...many(n, once));
});

/** The work of each part, the divisor of its time, and the seconds that do not count because `sleepers` sleep them. */
const parts: Record<string, (n: number) => [work: () => Awaitable<unknown>, share: number, less?: number]> = {
  sleepers: (n) => [() => gather(...many(n, sleeper)), 1, 1],
  traced: (n) => [
    () => {
      const records: unknown[] = [];
      getRunningLoop().trace = (record) => void records.push(record);
      return gather(...many(n, sleeper));
    },
    1,
    1,
  ],
  switch: (n) => [() => gather(...many(100, () => spinner(n / 100))), n],
  await: (n) => [() => awaiter(n), n],
  plain: (n) => [() => plain(n), n],
  'deep 1': (n) => [() => deep(1, n), n],
  'deep 100': (n) => [() => deep(100, n), n],
  'deep 1000': (n) => [() => deep(1000, n), n],
  queue: (n) => [
    () => {
      const queue = new Queue<number>(1);
      return gather(putter(queue, n), getter(queue, n));
    },
    n,
  ],
  lock: (n) => [
    () => {
      const lock = new Lock();
      return gather(...many(10, () => holder(lock, n / 10)));
    },
    n,
  ],
  growth: (n) => [() => grow(n, 100_000 / n), Math.max(n, 100_000)],
};

const main = coroutine(async (part: string, n: number) => {
  const [work, share, less = 0] = (parts[part] as (typeof parts)[string])(n);
  if (part === 'growth') await grow(1000, 50); // Warms up, so that compilation does not count.
  const began = performance.now();
  await work();
  return ((performance.now() - began) / 1000 - less) / share;
});

const [part = '', n = '1'] = process.argv.slice(2);
const seconds = await run(main(part, Number(n)));
console.log(JSON.stringify({ seconds, memory: process.resourceUsage().maxRSS / 1024 }));
