// A soak, run in a process of its own by soak.test.ts: `node --expose-gc test/asyncio/soak.ts 10000000`.
// Tasks go through a lock, a semaphore and a bounded queue while others are cancelled at random; every task and every
// item is accounted for. Prints one JSON object.
import {
  allTasks,
  coroutine,
  createTask,
  getRunningLoop,
  Lock,
  Queue,
  run,
  Semaphore,
  sleep,
  type Task,
  wait,
} from '../../runtime/asyncio/index.ts';

const WAVE = 1000;
const CHECKPOINTS = 10;

/** What came out, and what must be zero. */
export interface SoakReport {
  readonly tasks: number;
  readonly finished: number;
  readonly cancelled: number;
  /** Tasks that began twice, ended twice or not at all; items lost or taken twice; moments with two inside the lock. */
  readonly wrongTasks: number;
  readonly wrongItems: number;
  readonly crowded: number;
  readonly tasksLeft: number;
  /** Bytes in use after a collection, at ten moments. */
  readonly heap: readonly number[];
}

const count = Math.ceil(Number(process.argv[2] ?? '100000') / WAVE) * WAVE;
const begun = new Uint8Array(count);
const ended = new Uint8Array(count);
const put = new Uint8Array(count);
const got = new Uint8Array(count);
const lock = new Lock();
const permits = new Semaphore(8);
const queue = new Queue<number>(64);
let insideLock = 0;
let crowded = 0;
let finished = 0;
let seed = 1;

const work = coroutine(function* (i: number) {
  begun[i] = (begun[i] ?? 0) + 1;
  try {
    {
      using _held = yield* lock.acquire();
      insideLock++;
      if (insideLock > 1) crowded++;
      try {
        if (i % 7 === 0) yield* sleep(0);
      } finally {
        insideLock--;
      }
    }
    yield* queue.put(i);
    put[i] = (put[i] ?? 0) + 1;
    using _permit = yield* permits.acquire();
    if (i % 5 === 0) yield* sleep(0.001);
    const item = yield* queue.get();
    got[item] = (got[item] ?? 0) + 1;
    finished++;
  } finally {
    ended[i] = (ended[i] ?? 0) + 1;
  }
});

/** One wave of tasks, of which some are cancelled on the way; what starves in the end is cancelled too. */
const wave = coroutine(function* (from: number) {
  const tasks: Task<void>[] = [];
  for (let i = from; i < from + WAVE; i++) tasks.push(createTask(work(i)));
  for (let turn = 0; turn < 10; turn++) {
    for (let i = 0; i < 10; i++) tasks[below(WAVE)]?.cancel();
    yield* sleep(turn % 2 === 0 ? 0 : 0.001);
  }
  const [, starved] = yield* wait(tasks, { timeout: 60 });
  for (const task of starved) task.cancel();
  if (starved.size > 0) yield* wait(starved);
  while (!queue.empty()) {
    const item = queue.getNowait();
    got[item] = (got[item] ?? 0) + 1;
  }
  return tasks.filter((task) => task.cancelled()).length;
});

const main = coroutine(function* () {
  const heap: number[] = [];
  let cancelled = 0;
  for (let from = 0; from < count; from += WAVE) {
    cancelled += yield* wave(from);
    if ((from + WAVE) % (count / CHECKPOINTS) < WAVE) heap.push(heapNow());
  }
  return { cancelled, heap, tasksLeft: allTasks(getRunningLoop()).size - 1 };
});

function heapNow(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

function below(limit: number): number {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return Math.floor((seed / 2 ** 32) * limit);
}

const { cancelled, heap, tasksLeft } = await run(main(), { clock: 'virtual' });
let wrongTasks = 0;
let wrongItems = 0;
for (let i = 0; i < count; i++) {
  // One cancelled before its first step neither begins nor ends.
  if (begun[i] !== ended[i] || (begun[i] ?? 0) > 1) wrongTasks++;
  if (put[i] !== got[i] || (put[i] ?? 0) > 1) wrongItems++;
}
const report: SoakReport = { tasks: count, finished, cancelled, wrongTasks, wrongItems, crowded, tasksLeft, heap };
console.log(JSON.stringify(report));
