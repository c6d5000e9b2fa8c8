// Queues of all three kinds, their joins and their end.
import { coroutine, LifoQueue, PriorityQueue, Queue, QueueShutDown, sleep } from 'cokernel';
import type { Stage } from './stage.ts';

/** Two put, two take; nothing is lost but with the victim, and nothing comes twice. */
function traffic(make: () => Queue<number>) {
  return ({ loop, play, finally: check }: Stage): void => {
    const queue = make();
    const put: number[] = [];
    const got: number[] = [];
    const putter = coroutine(function* (base: number) {
      for (let i = 0; i < 4; i++) {
        if (i === 2) yield* sleep(0.1);
        yield* queue.put(base + i);
        put.push(base + i);
      }
    });
    const taker = coroutine(function* () {
      for (;;) got.push(yield* queue.get());
    });
    const waiting = (): boolean => queue.empty();
    play('putter 1', putter(10), { mayWait: () => queue.full() });
    play('taker 1', taker(), { mayWait: waiting });
    play('taker 2', taker(), { mayWait: waiting });
    play('putter 2', putter(3), { mayWait: () => queue.full() });
    check((victim) => {
      const seen = [...got];
      while (!queue.empty()) seen.push(queue.getNowait());
      const lost = put.filter((one) => !seen.includes(one));
      if (new Set(seen).size !== seen.length) return `twice: ${seen.join(' ')}`;
      // What the victim had taken and not yet noted went with it.
      if (lost.length > (victim?.startsWith('taker') === true ? 1 : 0)) return `lost: ${lost.join(' ')}`;
      return loop.tasks().length > 0 && seen.length - got.length > 0 && victim === null ? 'left over' : undefined;
    });
  };
}

export const queues: Readonly<Record<string, (stage: Stage) => void>> = {
  queue: traffic(() => new Queue(2)),
  'queue of one': traffic(() => new Queue(1)),
  'queue without bound': traffic(() => new Queue()),
  lifo: traffic(() => new LifoQueue(2)),
  priority: traffic(() => new PriorityQueue(3)),
  'priority by a function': traffic(() => new PriorityQueue<number>(0, { less: (a, b) => a > b })),

  'priority order'({ play, finally: check }) {
    const queue = new PriorityQueue<number>();
    const filler = coroutine(function* (numbers: readonly number[]) {
      for (const number of numbers) queue.putNowait(number);
      yield* sleep(0);
    });
    play('filler 1', filler([5, 3, 8, 1, 9]));
    play('filler 2', filler([2, 7, 4, 6, 0]));
    const got: number[] = [];
    play(
      'taker',
      coroutine(function* () {
        yield* sleep(0.1);
        while (queue.qsize() > 4) got.push(queue.getNowait());
      })(),
    );
    check((victim) => {
      const rest: number[] = [];
      while (!queue.empty()) rest.push(queue.getNowait());
      const all = [...got, ...rest];
      if (new Set(all).size !== all.length) return `twice: ${all.join(' ')}`;
      const sorted = [...all].sort((a, b) => a - b);
      if (all.some((one, at) => one !== sorted[at])) return `out of order: ${all.join(' ')}`;
      const lost = 10 - all.length;
      if (victim === null && lost > 0) return `lost: ${all.join(' ')}`;
      return victim === 'taker' && lost > 1 ? `lost ${lost}: ${all.join(' ')}` : undefined;
    });
  },

  join({ play, finally: check }) {
    const queue = new Queue<number>();
    let taken = 0;
    const taker = coroutine(function* () {
      for (;;) {
        yield* queue.get();
        taken++;
        yield* sleep(0.1);
        queue.taskDone();
        taken--;
      }
    });
    play('taker 1', taker(), { mayWait: () => queue.empty() });
    play('taker 2', taker(), { mayWait: () => queue.empty() });
    play(
      'putter',
      coroutine(function* () {
        for (let i = 0; i < 4; i++) yield* queue.put(i);
      })(),
    );
    const unfinished = (): number => (queue as unknown as { readonly unfinished: number }).unfinished;
    const joiner = coroutine(function* () {
      yield* sleep(0.05);
      yield* queue.join();
      return unfinished();
    });
    for (const name of ['joiner 1', 'joiner 2']) play(name, joiner(), { value: 0, mayWait: () => unfinished() > 0 });
    check((victim) => {
      const dropped = victim?.startsWith('taker') === true ? 1 : 0;
      return unfinished() <= dropped ? undefined : `${unfinished()} unfinished, ${taken} taken`;
    });
  },

  'queue shut down'({ play }) {
    const queue = new Queue<number>(1);
    const waits = coroutine(function* (work: () => ReturnType<Queue<number>['get']>) {
      try {
        for (;;) yield* work();
      } catch (error) {
        if (error instanceof QueueShutDown) return 'shut down';
        throw error;
      }
    });
    const putting = (): ReturnType<Queue<number>['get']> => queue.put(1) as never;
    for (const name of ['putter 1', 'putter 2']) play(name, waits(putting), { value: 'shut down' });
    play(
      'joiner',
      coroutine(function* () {
        yield* queue.join();
      })(),
    );
    const ender = coroutine(function* (delay: number) {
      yield* sleep(delay);
      queue.shutdown({ immediate: true });
    });
    play('ender', ender(0.1));
    play('again', ender(0.2));
    const empty = new Queue<number>();
    for (const name of ['taker 1', 'taker 2'])
      play(
        name,
        waits(() => empty.get()),
        { value: 'shut down' },
      );
    const second = coroutine(function* (delay: number) {
      yield* sleep(delay);
      empty.shutdown();
    });
    play('ender 2', second(0.1));
    play('again 2', second(0.2));
  },
};
