// A worker that is told to stop finishes the piece in hand.
import { coroutine, createTask, Queue, run, shield, sleep, wait } from 'cokernel';
import { now, print } from '../show.ts';

const worker = coroutine(function* (queue: Queue<string>) {
  while (true) {
    const piece = yield* queue.get();
    try {
      yield* shield(sleep(2));
      print('did', piece, now());
    } catch (error) {
      print('stops at', piece, now());
      throw error;
    }
  }
});

const main = coroutine(function* () {
  const queue = new Queue<string>();
  for (const piece of ['one', 'two', 'three']) queue.putNowait(piece);
  const task = createTask(worker(queue));
  yield* sleep(3);
  task.cancel();
  yield* wait([task]);
  print(queue.qsize(), task.cancelled());
});

await run(main());
