// Three stages joined by two queues, and a sentinel that ends them.
import { coroutine, createTask, gather, Queue, run, sleep } from 'cokernel';
import { now, print } from '../show.ts';

const numbers = coroutine(function* (out: Queue<number | null>) {
  for (let i = 0; i < 4; i++) {
    yield* out.put(i);
    yield* sleep(1);
  }
  yield* out.put(null);
});

const squares = coroutine(function* (source: Queue<number | null>, out: Queue<number | null>) {
  for (let i = yield* source.get(); i !== null; i = yield* source.get()) yield* out.put(i * i);
  yield* out.put(null);
});

const main = coroutine(function* () {
  const first = new Queue<number | null>(1);
  const second = new Queue<number | null>(1);
  const tasks = [createTask(numbers(first)), createTask(squares(first, second))];
  for (let square = yield* second.get(); square !== null; square = yield* second.get()) print(square, now());
  yield* gather(...tasks);
});

await run(main());
