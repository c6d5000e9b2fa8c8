// The programs that are measured with native promises, as far as these have a counterpart: node native.mjs {part} {n}.

const nothing = async () => {};
const sleeper = () => new Promise((done) => setTimeout(done, 1000));
const spinner = async (times) => {
  for (let i = 0; i < times; i++) await undefined;
};
const awaiter = async (times) => {
  for (let i = 0; i < times; i++) await nothing();
};
const plain = async (times) => {
  for (let i = 0; i < times; i++) await i;
};
const deep = async (depth, times) => {
  if (depth > 1) await deep(depth - 1, times);
  else for (let i = 0; i < times; i++) await undefined;
};
const asleep = async () => {
  await sleeper();
};
const once = async () => {
  await undefined;
};

const grow = async (n, times) => {
  for (let i = 0; i < times; i++) await Promise.all(Array.from({ length: n }, once));
};

const parts = {
  sleepers: (n) => [() => Promise.all(Array.from({ length: n }, asleep)), 1, 1],
  switch: (n) => [() => Promise.all(Array.from({ length: 100 }, () => spinner(n / 100))), n, 0],
  await: (n) => [() => awaiter(n), n, 0],
  plain: (n) => [() => plain(n), n, 0],
  'deep 1': (n) => [() => deep(1, n), n, 0],
  'deep 100': (n) => [() => deep(100, n), n, 0],
  'deep 1000': (n) => [() => deep(1000, n), n, 0],
  growth: (n) => [() => grow(n, 100_000 / n), Math.max(n, 100_000), 0],
};

const [part, n] = process.argv.slice(2);
const [work, share, less] = parts[part](Number(n));
if (part === 'growth') await grow(1000, 50);
const began = performance.now();
await work();
const seconds = ((performance.now() - began) / 1000 - less) / share;
console.log(JSON.stringify({ seconds, memory: process.resourceUsage().maxRSS / 1024 }));
