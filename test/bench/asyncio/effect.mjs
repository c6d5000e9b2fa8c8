// The programs that are measured with Effect: node effect.mjs {part} {n}. Copied to build/bench, where its package is.

import { Effect, Queue } from 'effect';

const nothing = Effect.gen(function* () {});
const sleeper = Effect.sleep(1000);
const spinner = (times) =>
  Effect.gen(function* () {
    for (let i = 0; i < times; i++) yield* Effect.yieldNow;
  });
const awaiter = (times) =>
  Effect.gen(function* () {
    for (let i = 0; i < times; i++) yield* nothing;
  });
const deep = (depth, times) =>
  Effect.gen(function* () {
    if (depth > 1) yield* deep(depth - 1, times);
    else for (let i = 0; i < times; i++) yield* Effect.yieldNow;
  });
const together = (effects) => Effect.all(effects, { concurrency: 'unbounded', discard: true });
const queue = (n) =>
  Effect.gen(function* () {
    const between = yield* Queue.bounded(1);
    const put = Effect.gen(function* () {
      for (let i = 0; i < n; i++) yield* Queue.offer(between, i);
    });
    const take = Effect.gen(function* () {
      for (let i = 0; i < n; i++) yield* Queue.take(between);
    });
    yield* together([put, take]);
  });

const many = (count, make) => Array.from({ length: count }, make);
const grow = (n, times) =>
  Effect.gen(function* () {
    for (let i = 0; i < times; i++) yield* together(many(n, () => Effect.yieldNow));
  });
const parts = {
  sleepers: (n) => [together(many(n, () => sleeper)), 1, 1],
  switch: (n) => [together(many(100, () => spinner(n / 100))), n, 0],
  await: (n) => [awaiter(n), n, 0],
  'deep 1': (n) => [deep(1, n), n, 0],
  'deep 100': (n) => [deep(100, n), n, 0],
  'deep 1000': (n) => [deep(1000, n), n, 0],
  queue: (n) => [queue(n), n, 0],
  growth: (n) => [grow(n, 100_000 / n), Math.max(n, 100_000), 0],
};

const [part, n] = process.argv.slice(2);
const [work, share, less] = parts[part](Number(n));
if (part === 'growth') await Effect.runPromise(grow(1000, 50));
const began = performance.now();
await Effect.runPromise(work);
const seconds = ((performance.now() - began) / 1000 - less) / share;
console.log(JSON.stringify({ seconds, memory: process.resourceUsage().maxRSS / 1024 }));
