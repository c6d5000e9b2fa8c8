// test_queues.py: see queues.py for the same in Python.
import {
  coroutine,
  createTask,
  Event,
  getRunningLoop,
  LifoQueue,
  PriorityQueue,
  Queue,
  type Task,
  taskGroup,
  waitFor,
} from 'cokernel';
import { now, outcome, print, raised, ticks } from '../judge.ts';

const KINDS = [Queue, LifoQueue, PriorityQueue] as const;

const drain = coroutine(async <T>(queue: Queue<T>, count: number) => {
  const items: T[] = [];
  for (let left = count; left > 0; left--) items.push(await queue.get());
  return items;
});

export const QueueBasicTests = {
  test_repr: coroutine(async () => {
    let queue = new Queue<number>();
    print(queue);
    const getter = createTask(queue.get());
    await ticks();
    print(queue);
    queue.putNowait(0);
    print(await getter);
    queue = new Queue(1);
    queue.putNowait(1);
    const putter = createTask(queue.put(2));
    await ticks();
    print(queue);
    queue.getNowait();
    await putter;
    print(queue);
  }),

  test_str: coroutine(async () => {
    const queue = new Queue<number>();
    queue.putNowait(1);
    print(String(queue), String(new LifoQueue(3)), String(new PriorityQueue()));
  }),

  test_empty: coroutine(async () => {
    const queue = new Queue<number>();
    print(queue.empty());
    await queue.put(1);
    print(queue.empty(), await queue.get(), queue.empty());
  }),

  test_full: coroutine(async () => {
    print(new Queue().full());
    const queue = new Queue<number>(1);
    await queue.put(1);
    print(queue.full());
  }),

  test_order: coroutine(async () => {
    const queue = new Queue<number>();
    for (const item of [1, 3, 2]) await queue.put(item);
    print(await drain(queue, 3));
  }),

  test_maxsize: coroutine(async () => {
    const queue = new Queue<number>(2);
    const log: number[] = [];
    const putter = coroutine(async () => {
      for (const item of [0, 1, 2]) {
        await queue.put(item);
        log.push(item);
      }
    });
    const task = createTask(putter());
    await ticks(2);
    print(queue.maxsize, log, await queue.get());
    await ticks();
    print(log, await drain(queue, 2), task.done());
  }),
};

export const QueueGetTests = {
  test_blocking_get: coroutine(async () => {
    const queue = new Queue<number>();
    queue.putNowait(1);
    print(await queue.get());
  }),

  test_get_with_putters: coroutine(async () => {
    const queue = new Queue<number>(1);
    await queue.put(1);
    const putter = createTask(queue.put(2));
    await ticks();
    print(await queue.get(), putter.done());
    await ticks();
    print(putter.done(), queue.qsize());
  }),

  test_blocking_get_wait: coroutine(async () => {
    const queue = new Queue<number>();
    const started = new Event();
    const log: string[] = [];
    const getter = coroutine(async () => {
      started.set();
      const item = await queue.get();
      log.push('finished');
      return item;
    });
    const task = createTask(getter());
    await started.wait();
    print(log);
    getRunningLoop().callLater(0.01, (item: number) => queue.putNowait(item), 1);
    print(await task, log, now());
  }),

  test_nonblocking_get: coroutine(async () => {
    const queue = new Queue<number>();
    queue.putNowait(1);
    print(queue.getNowait());
  }),

  test_nonblocking_get_exception: coroutine(async () => {
    print(raised(() => new Queue().getNowait()));
  }),

  test_get_cancelled_race: coroutine(async () => {
    const queue = new Queue<string>();
    const first = createTask(queue.get());
    const second = createTask(queue.get());
    await ticks();
    first.cancel();
    await ticks();
    print(first.done());
    await queue.put('a');
    await ticks();
    print(await second);
  }),

  test_get_with_waiting_putters: coroutine(async () => {
    const queue = new Queue<string>(1);
    createTask(queue.put('a'));
    createTask(queue.put('b'));
    print(await queue.get(), await queue.get());
  }),

  test_why_are_getters_waiting: coroutine(async () => {
    const queue = new Queue<number>(1);
    const log: string[] = [];
    const produce = coroutine(async () => {
      for (let item = 0; item < 5; item++) {
        await queue.put(item);
        log.push(`put ${item}`);
      }
    });
    const consume = coroutine(async () => {
      for (let left = 5; left > 0; left--) log.push(`got ${await queue.get()}`);
    });
    await taskGroup(async (tg) => {
      tg.createTask(produce());
      tg.createTask(consume());
    });
    print(log);
  }),

  test_cancelled_getters_not_being_held_in_self_getters: coroutine(async () => {
    const queue = new Queue<number>(5);
    print(await outcome(waitFor(queue.get(), 0.1)), queue);
  }),
};

export const QueuePutTests = {
  test_blocking_put: coroutine(async () => {
    const queue = new Queue<number>();
    print(await queue.put(1), await queue.get());
  }),

  test_blocking_put_wait: coroutine(async () => {
    const queue = new Queue<number>(1);
    const started = new Event();
    const log: string[] = [];
    const putter = coroutine(async () => {
      started.set();
      await queue.put(1);
      await queue.put(2);
      log.push('finished');
    });
    getRunningLoop().callLater(0.01, () => queue.getNowait());
    const task = createTask(putter());
    await started.wait();
    print(log);
    await task;
    print(log, now());
  }),

  test_get_cancel_drop_one_pending_reader: coroutine(async () => {
    const queue = new Queue<number>();
    const reader = createTask(queue.get());
    await ticks();
    queue.putNowait(1);
    queue.putNowait(2);
    reader.cancel();
    print(await outcome(reader), await queue.get());
  }),

  test_get_cancel_drop_many_pending_readers: coroutine(async () => {
    const queue = new Queue<number>();
    const readers = [1, 2, 3].map(() => createTask(queue.get()));
    await ticks();
    queue.putNowait(1);
    queue.putNowait(2);
    readers[0]?.cancel();
    const ends: string[] = [];
    for (const reader of readers) ends.push(await outcome(reader));
    print(ends);
  }),

  test_put_cancel_drop: coroutine(async () => {
    const queue = new Queue<number>(1);
    queue.putNowait(1);
    const writer = createTask(queue.put(2));
    await ticks();
    print(queue.getNowait());
    writer.cancel();
    print(await outcome(writer));
    await queue.put(2);
    print(queue.getNowait(), queue.qsize());
  }),

  test_nonblocking_put_exception: coroutine(async () => {
    const queue = new Queue<number>(1);
    queue.putNowait(1);
    print(raised(() => queue.putNowait(2)));
  }),

  test_float_maxsize: coroutine(async () => {
    const queue = new Queue<number>(1.3);
    queue.putNowait(1);
    queue.putNowait(2);
    print(
      queue.full(),
      raised(() => queue.putNowait(3)),
    );
  }),

  test_put_cancelled: coroutine(async () => {
    const queue = new Queue<number>();
    const task = createTask(queue.put(1));
    print(await queue.get(), task.done(), task.result());
  }),

  test_put_cancelled_race: coroutine(async () => {
    const queue = new Queue<string>(1);
    const [a, b, c] = ['a', 'b', 'X'].map((item) => createTask(queue.put(item))) as [
      Task<void>,
      Task<void>,
      Task<void>,
    ];
    await ticks();
    print(a.done(), b.done());
    c.cancel();
    await ticks();
    print(c.done(), queue.getNowait());
    await ticks();
    print(queue.getNowait(), await b);
  }),

  test_put_with_waiting_getters: coroutine(async () => {
    const queue = new Queue<string>();
    const task = createTask(queue.get());
    await ticks();
    await queue.put('a');
    print(await task);
  }),

  test_why_are_putters_waiting: coroutine(async () => {
    const queue = new Queue<number>(2);
    const log: unknown[] = [];
    const putter = coroutine(async (item: number) => {
      await queue.put(item);
      log.push(item);
    });
    const getter = coroutine(async () => {
      await ticks();
      for (let left = queue.qsize(); left > 0; left--) log.push(`got ${queue.getNowait()}`);
    });
    await taskGroup(async (tg) => {
      tg.createTask(getter());
      for (const item of [0, 1, 2, 3]) tg.createTask(putter(item));
    });
    print(log, queue);
  }),

  test_cancelled_puts_not_being_held_in_self_putters: coroutine(async () => {
    const queue = new Queue<number>(1);
    queue.putNowait(1);
    const task = createTask(queue.put(1));
    await ticks();
    print(queue);
    task.cancel();
    print(await outcome(task), queue);
  }),

  test_cancelled_put_silence_value_error_exception: coroutine(async () => {
    const queue = new Queue<number>(1);
    queue.putNowait(1);
    const task = createTask(queue.put(1));
    await ticks();
    queue.getNowait();
    task.cancel();
    print(await outcome(task), queue);
  }),
};

export const LifoQueueTests = {
  test_order: coroutine(async () => {
    const queue = new LifoQueue<number>();
    for (const item of [1, 3, 2]) await queue.put(item);
    print(await drain(queue, 3));
  }),
};

export const PriorityQueueTests = {
  test_order: coroutine(async () => {
    const queue = new PriorityQueue<number>();
    for (const item of [1, 3, 2]) await queue.put(item);
    print(queue, await drain(queue, 3));
  }),
};

export const _QueueJoinTestMixin = {
  test_task_done_underflow: coroutine(async () => {
    for (const Kind of KINDS) print(raised(() => new Kind().taskDone()));
  }),

  test_task_done: coroutine(async () => {
    for (const Kind of KINDS) {
      const queue = new Kind<number>();
      let total = 0;
      const worker = coroutine(async () => {
        for (;;) {
          total += await queue.get();
          queue.taskDone();
        }
      });
      for (let item = 0; item < 100; item++) queue.putNowait(item);
      const tasks = [createTask(worker()), createTask(worker())];
      await queue.join();
      print(total, queue);
      for (const task of tasks) task.cancel();
    }
  }),

  test_join_empty_queue: coroutine(async () => {
    for (const Kind of KINDS) {
      const queue = new Kind<number>();
      print(await queue.join(), await queue.join());
    }
  }),

  test_format: coroutine(async () => {
    for (const Kind of KINDS) {
      const queue = new Kind<number>();
      print(queue);
      queue.putNowait(1);
      queue.putNowait(2);
      queue.getNowait();
      queue.getNowait();
      print(queue);
    }
  }),
};

export const _QueueShutdownTestMixin = {
  test_format: coroutine(async () => {
    const queue = new Queue();
    queue.shutdown();
    print(queue);
  }),

  test_shutdown_empty: coroutine(async () => {
    for (const Kind of KINDS) {
      const queue = new Kind<number>();
      const getter = createTask(queue.get());
      await ticks();
      queue.shutdown();
      print(await outcome(getter), await outcome(queue.get()), await outcome(queue.put(1)));
      print(
        raised(() => queue.getNowait()),
        raised(() => queue.putNowait(1)),
        await outcome(queue.join()),
      );
    }
  }),

  test_shutdown_nonempty: coroutine(async () => {
    for (const Kind of KINDS) {
      const queue = new Kind<string>(1);
      await queue.put('data');
      const putter = createTask(queue.put('more'));
      await ticks();
      queue.shutdown();
      print(
        await outcome(putter),
        queue.getNowait(),
        raised(() => queue.getNowait()),
      );
      const joiner = createTask(queue.join());
      await ticks();
      print(joiner.done());
      queue.taskDone();
      print(await outcome(joiner));
    }
  }),

  test_shutdown_immediate: coroutine(async () => {
    for (const Kind of KINDS) {
      const queue = new Kind<string>();
      await queue.put('data');
      const joiner = createTask(queue.join());
      await ticks();
      queue.shutdown({ immediate: true });
      print(
        await outcome(joiner),
        raised(() => queue.getNowait()),
        raised(() => queue.taskDone()),
        queue.qsize(),
      );
    }
  }),

  test_shutdown_immediate_with_unfinished: coroutine(async () => {
    for (const Kind of KINDS) {
      const queue = new Kind<number>();
      await queue.put(1);
      await queue.put(2);
      await queue.get();
      const joiner = createTask(queue.join());
      await ticks();
      queue.shutdown({ immediate: true });
      await ticks();
      print(
        joiner.done(),
        raised(() => queue.getNowait()),
      );
      queue.taskDone();
      print(
        await outcome(joiner),
        raised(() => queue.taskDone()),
      );
    }
  }),
};
