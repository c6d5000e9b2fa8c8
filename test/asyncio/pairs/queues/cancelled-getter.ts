// A cancelled getter leaves the item in the queue for the next.
import { coroutine, createTask, Queue, run, sleep } from 'cokernel';
import { print } from '../show.ts';

const getter = coroutine(async (name: string, queue: Queue<string>) => {
  print(name, 'got', await queue.get());
});

const main = coroutine(async () => {
  const queue = new Queue<string>();
  const first = createTask(getter('first', queue));
  const second = createTask(getter('second', queue));
  await sleep(1);
  queue.putNowait('item');
  first.cancel();
  await sleep(1);
  print(first.cancelled(), second.done(), queue.qsize());
  const third = createTask(getter('third', queue));
  await sleep(1);
  third.cancel();
  queue.putNowait('another');
  await sleep(1);
  print(third.cancelled(), queue.qsize());
});

await run(main());
