// A program that breaks a built-in, as a cell may, and then lets the library work: `node sabotage.ts NAME`. It prints
// what came of it. The program itself uses no method of a built-in.
import { writeSync } from 'node:fs';
import {
  asCompleted,
  asyncGenerator,
  awaiting,
  Barrier,
  Condition,
  ContextVar,
  coroutine,
  createTask,
  Event,
  gather,
  Lock,
  Loop,
  PriorityQueue,
  Queue,
  run,
  Semaphore,
  shield,
  sleep,
  type Task,
  TimeoutError,
  taskGroup,
  timeout,
  wait,
  waitFor,
} from '../../runtime/asyncio/index.ts';

const fails = (): never => {
  throw new Error('sabotage');
};
const all = (prototype: object, names: readonly string[]) => (): void => {
  const broken = prototype as Record<string, unknown>;
  for (let at = 0; at < names.length; at++) broken[names[at] as string] = fails;
};
const put = (target: object, name: PropertyKey, value: unknown) => (): void => {
  Object.defineProperty(target, name, { value, configurable: true, writable: true });
};
/** Without pop: Node's own async_hooks calls it. */
const ARRAY = ['push', 'shift', 'map', 'filter', 'find', 'slice', 'join', 'forEach', 'splice', 'includes', 'at'];
const nothing = (): void => {};

/** What the programs do. */
export const sabotages: Readonly<Record<string, () => void>> = {
  'nothing at all': nothing,
  'Array.prototype.push': put(Array.prototype, 'push', fails),
  'Array.prototype.filter': put(Array.prototype, 'filter', nothing),
  'all methods of arrays': all(Array.prototype, [...ARRAY, 'indexOf', 'entries', 'some', 'concat', 'reverse', 'sort']),
  'the iterator of arrays': put(Array.prototype, Symbol.iterator, fails),
  'the iterator of arrays, emptied': put(Array.prototype, Symbol.iterator, function* () {}),
  'the iterators themselves': all(Object.getPrototypeOf([][Symbol.iterator]()), ['next']),
  'Promise.prototype.then': put(Promise.prototype, 'then', fails),
  'Promise.prototype.then, for ever': put(Promise.prototype, 'then', nothing),
  'Object.prototype.then': put(Object.prototype, 'then', nothing),
  'Object.prototype.then, throwing': put(Object.prototype, 'then', fails),
  'sets and maps': () => {
    all(Set.prototype, ['add', 'has', 'delete', 'forEach'])();
    all(Map.prototype, ['get', 'set', 'has', 'delete', 'forEach', 'values'])();
    all(WeakMap.prototype, ['get', 'set', 'has'])();
  },
  functions: all(Function.prototype, ['apply', 'call', 'bind']),
  'Reflect, Object and Math': () => {
    all(Reflect, ['apply', 'get', 'set', 'construct', 'ownKeys'])();
    all(Object, ['keys', 'assign', 'create', 'getPrototypeOf', 'is', 'defineProperty'])();
    all(Math, ['min', 'max', 'ceil', 'floor', 'round'])();
    Array.isArray = fails as never;
    performance.now = fails;
  },
  timers: all(globalThis, ['setTimeout', 'setImmediate', 'clearTimeout', 'clearImmediate', 'queueMicrotask']),
};

const leaf = coroutine(function* (delay: number) {
  yield* sleep(delay);
  return delay;
});

/** Tasks, locks, queues and timers at work: how far each came, as one number of so many steps. */
const work = coroutine(function* () {
  let steps = 0;
  const lock = new Lock();
  const semaphore = new Semaphore(1);
  const event = new Event();
  const condition = new Condition();
  const barrier = new Barrier(2);
  const queue = new Queue<number>(1);
  const sorted = new PriorityQueue<number>();
  const variable = new ContextVar<number>('variable');
  const worker = coroutine(function* (put: boolean) {
    variable.set(1);
    yield* lock.acquire();
    yield* sleep(0.1);
    lock.release();
    yield* semaphore.acquire();
    yield* sleep(0);
    semaphore.release();
    for (let at = 0; at < 3; at++) {
      if (put) yield* queue.put(at);
      else steps += yield* queue.get();
    }
    yield* barrier.wait();
    steps += variable.get();
  });
  const waiter = coroutine(function* () {
    yield* event.wait();
    yield* condition.acquire();
    yield* condition.wait();
    condition.release();
    steps++;
  });
  const tasks = [createTask(worker(true)), createTask(worker(false)), createTask(waiter()), createTask(waiter())];
  yield* sleep(0.5);
  event.set();
  yield* sleep(0.1);
  yield* condition.acquire();
  condition.notifyAll();
  condition.release();
  for (let at = 0; at < 4; at++) yield* tasks[at] as Task<void>;
  for (let at = 0; at < 5; at++) sorted.putNowait((at * 3) % 5);
  for (let at = 0; at < 5; at++) if (sorted.getNowait() === at) steps++;
  const results = yield* gather(leaf(0.1), leaf(0.2));
  steps += results.length;
  const group = { createTask: nothing as (coroutine: ReturnType<typeof leaf>) => unknown };
  yield* taskGroup(function* (given) {
    group.createTask = (coroutine) => given.createTask(coroutine);
    group.createTask(leaf(0.2));
    yield* sleep(0.1);
  });
  steps++;
  try {
    yield* timeout(0.1, function* () {
      yield* sleep(9);
    });
  } catch (error) {
    if (error instanceof TimeoutError) steps++;
  }
  try {
    yield* waitFor(sleep(9), 0.1);
  } catch (error) {
    if (error instanceof TimeoutError) steps++;
  }
  yield* shield(leaf(0.1));
  steps += yield* awaiting(Promise.resolve(1));
  return steps;
});

const iterating = coroutine(function* () {
  let steps = 0;
  const both = new Set<Task<number>>();
  both.add(createTask(leaf(0.1)));
  both.add(createTask(leaf(0.2)));
  const { done } = yield* wait(both);
  steps += done.size;
  const counting = asyncGenerator(function* () {
    yield 1;
    yield* sleep(0.1);
    yield 2;
  });
  const numbers = counting();
  steps += (yield* numbers.next()).value as number;
  steps += (yield* numbers.next()).value as number;
  const some = new Set<ReturnType<typeof leaf>>();
  some.add(leaf(0.1));
  for (const next of asCompleted(some)) if ((yield* next) > 0) steps++;
  return steps;
});

function say(text: string): void {
  writeSync(1, `${text}\n`);
}

function play(name: string): void {
  // As in a kernel, whose loop is there before its cells.
  const loop = new Loop({ shared: true, clock: 'virtual', onException: ({ exception }) => say(String(exception)) });
  loop.install();
  loop.hold();
  sabotages[name]?.();
  const told = (what: string, task: Task<number>): void => {
    task.addDoneCallback(() => {
      say(`${what} ${task.cancelled() || task.exception() !== null ? String(task.exception()) : task.result()}`);
    });
  };
  told('work', loop.createTask(work()));
  // Iterates sets by itself, which is what some of the programs break.
  if (name !== 'sets and maps') told('iterating', loop.createTask(iterating()));
  const main = coroutine(function* () {
    createTask(sleep(50));
    yield* sleep(1);
    return 7;
  });
  const cell = coroutine(function* () {
    return yield* run(main()) as unknown as Task<number>;
  });
  told('run', loop.createTask(cell(), { group: null }));
}

const name = process.argv[2];
if (name !== undefined) play(name);
