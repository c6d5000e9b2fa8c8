// The programs that are measured with Effection: node effection.mjs {part} {n}. Copied to build/bench, where its
// package is.

import { all, run, sleep } from 'effection';

function* nothing() {}
function* sleeper() {
  yield* sleep(1000);
}
function* spinner(times) {
  for (let i = 0; i < times; i++) yield* sleep(0);
}
function* awaiter(times) {
  for (let i = 0; i < times; i++) yield* nothing();
}
const many = (count, make) => all(Array.from({ length: count }, make));

const parts = {
  sleepers: (n) => [() => many(n, sleeper), 1, 1],
  switch: (n) => [() => many(100, () => spinner(n / 100)), n, 0],
  await: (n) => [() => awaiter(n), n, 0],
};

const [part, n] = process.argv.slice(2);
const [work, share, less] = parts[part](Number(n));
const began = performance.now();
await run(work);
const seconds = ((performance.now() - began) / 1000 - less) / share;
console.log(JSON.stringify({ seconds, memory: process.resourceUsage().maxRSS / 1024 }));
