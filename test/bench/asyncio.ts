// biome-ignore-all lint/suspicious/noAssignInExpressions: the form that compiled code has.
// biome-ignore-all lint/correctness/useYield: a body without an await is one of the things measured.
// The speed of the coroutine library beside CPython's asyncio and native promises. `node test/bench/asyncio.ts [part]`.

import { spawnSync } from 'node:child_process';
import { body, pending, start } from '../../runtime/asyncio/compiled.ts';
import {
  type Coroutine,
  coroutine,
  gather,
  getRunningLoop,
  Lock,
  Queue,
  run,
  sleep,
  type TraceRecord,
} from '../../runtime/asyncio/index.ts';

type Make<T> = (...args: number[]) => Coroutine<T>;
const compiled = <T>(name: string, make: (...args: number[]) => Generator<unknown, T, unknown>): Make<T> =>
  coroutine(body(make, { name, file: 'bench', line: 1 }) as never) as Make<T>;

/** As the compiler writes it. */
const nothing = compiled('nothing', function* (): Generator<unknown, void, unknown> {});
const sleeper = compiled('sleeper', function* (): Generator<unknown, void, unknown> {
  let v: unknown;
  (v = start(1, sleep(1))) === pending ? yield v : v;
});
const spinner = compiled('spinner', function* (times): Generator<unknown, void, unknown> {
  let v: unknown;
  for (let i = 0; i < (times as number); i++) (v = start(1, sleep(0))) === pending ? yield v : v;
});
const awaiter = compiled('awaiter', function* (times): Generator<unknown, void, unknown> {
  let v: unknown;
  for (let i = 0; i < (times as number); i++) (v = start(1, nothing())) === pending ? yield v : v;
});
const deep: Make<void> = compiled('deep', function* (depth, times): Generator<unknown, void, unknown> {
  let v: unknown;
  if ((depth as number) > 1) (v = start(1, deep((depth as number) - 1, times as number))) === pending ? yield v : v;
  else for (let i = 0; i < (times as number); i++) (v = start(1, sleep(0))) === pending ? yield v : v;
});

const consumer = compiled('consumer', function* (times): Generator<unknown, void, unknown> {
  let v: unknown;
  for (let i = 0; i < (times as number); i++) (v = start(1, queue.get())) === pending ? yield v : v;
});
const producer = compiled('producer', function* (times): Generator<unknown, void, unknown> {
  let v: unknown;
  for (let i = 0; i < (times as number); i++) (v = start(1, queue.put(i))) === pending ? yield v : v;
});
const locker = compiled('locker', function* (times): Generator<unknown, void, unknown> {
  let v: unknown;
  for (let i = 0; i < (times as number); i++) {
    (v = start(1, lock.acquire())) === pending ? yield v : v;
    (v = start(1, sleep(0))) === pending ? yield v : v;
    lock.release();
  }
});
let queue = new Queue<number>(1);
let lock = new Lock();

const python: Record<string, string> = {
  sleepers: `
async def sleeper(): await asyncio.sleep(1)
async def main():
    t = time.perf_counter(); await asyncio.gather(*[sleeper() for _ in range(100000)]); return time.perf_counter() - t - 1`,
  switch: `
async def spinner(n):
    for _ in range(n): await asyncio.sleep(0)
async def main():
    t = time.perf_counter(); await asyncio.gather(*[spinner(2000) for _ in range(100)]); return (time.perf_counter() - t) / 200000`,
  lone: `
async def spinner(n):
    for _ in range(n): await asyncio.sleep(0)
async def main():
    t = time.perf_counter(); await spinner(100000); return (time.perf_counter() - t) / 100000`,
  await: `
async def nothing(): pass
async def awaiter(n):
    for _ in range(n): await nothing()
async def main():
    t = time.perf_counter(); await awaiter(2000000); return (time.perf_counter() - t) / 2000000`,
  queue: `
async def consumer(q, n):
    for _ in range(n): await q.get()
async def producer(q, n):
    for i in range(n): await q.put(i)
async def main():
    q = asyncio.Queue(1)
    t = time.perf_counter(); await asyncio.gather(consumer(q, 100000), producer(q, 100000)); return (time.perf_counter() - t) / 100000`,
  lock: `
async def locker(l, n):
    for _ in range(n):
        async with l: await asyncio.sleep(0)
async def main():
    l = asyncio.Lock()
    t = time.perf_counter(); await asyncio.gather(*[locker(l, 1000) for _ in range(50)]); return (time.perf_counter() - t) / 50000`,
  traced: `
async def sleeper(): await asyncio.sleep(1)
async def main():
    t = time.perf_counter(); await asyncio.gather(*[sleeper() for _ in range(100000)]); return time.perf_counter() - t - 1`,
  million: `
async def nothing(): pass
async def main():
    t = time.perf_counter(); await asyncio.gather(*[nothing() for _ in range(1000000)]); return time.perf_counter() - t`,
  deep: `
sys.setrecursionlimit(5000)
async def deep(d, n):
    if d > 1: await deep(d - 1, n)
    else:
        for _ in range(n): await asyncio.sleep(0)
async def main():
    t = time.perf_counter(); await deep(1000, 20000); return (time.perf_counter() - t) / 20000`,
};

const ours: Record<string, () => Promise<number>> = {
  sleepers: async () => (await time(() => gather(...Array.from({ length: 100_000 }, () => sleeper())))) - 1,
  switch: async () => (await time(() => gather(...Array.from({ length: 100 }, () => spinner(2000))))) / 200_000,
  lone: async () => (await time(() => spinner(100_000))) / 100_000,
  await: async () => (await time(() => awaiter(2_000_000))) / 2_000_000,
  queue: async () => {
    queue = new Queue<number>(1);
    return (await time(() => gather(consumer(100_000), producer(100_000)))) / 100_000;
  },
  lock: async () => {
    lock = new Lock();
    return (await time(() => gather(...Array.from({ length: 50 }, () => locker(1000))))) / 50_000;
  },
  traced: async () => {
    const records: TraceRecord[] = [];
    return (
      (await time(() => {
        getRunningLoop().trace = (record) => records.push(record);
        return gather(...Array.from({ length: 100_000 }, () => sleeper()));
      })) - 1
    );
  },
  million: async () => time(() => gather(Array.from({ length: 1_000_000 }, () => nothing()))),
  deep: async () => (await time(() => deep(1000, 20_000))) / 20_000,
};

async function time(work: () => PromiseLike<unknown>): Promise<number> {
  const main = compiled('main', function* (): Generator<unknown, number, unknown> {
    let v: unknown;
    const before = performance.now();
    (v = start(1, work())) === pending ? yield v : v;
    return (performance.now() - before) / 1000;
  });
  return run(main());
}

function peak(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024);
}

if (process.argv[2] !== undefined) {
  const seconds = await (ours[process.argv[2]] as () => Promise<number>)();
  console.log(JSON.stringify({ seconds, memory: peak() }));
} else {
  for (const part of Object.keys(ours)) {
    const mine = measure(process.execPath, ['--disable-warning=ExperimentalWarning', import.meta.filename, part]);
    const program = `import asyncio, time, json, resource, sys\n${python[part]}
print(json.dumps({"seconds": asyncio.run(main()), "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}))`;
    const theirs = measure('python3', ['-c', program]);
    const ratio = (mine.seconds / theirs.seconds).toFixed(2);
    console.log(`${part.padEnd(9)} ${text(mine)}   CPython ${text(theirs)}   ratio ${ratio}`);
  }
}

function measure(command: string, args: string[]): { seconds: number; memory: number } {
  const runs = [0, 1, 2].map(() => {
    const { stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
    if (stdout === '') throw new Error(stderr);
    return JSON.parse(stdout) as { seconds: number; memory: number };
  });
  return runs.sort((a, b) => a.seconds - b.seconds)[1] as { seconds: number; memory: number };
}

function text({ seconds, memory }: { seconds: number; memory: number }): string {
  const shown = seconds > 0.01 ? `${seconds.toFixed(2)} s` : `${Math.round(seconds * 1e9)} ns`;
  return `${shown.padStart(9)} ${String(memory).padStart(4)} MB`;
}
