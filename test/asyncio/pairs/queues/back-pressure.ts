// A bounded queue makes a quick producer wait for a slow consumer.
import { coroutine, createTask, gather, Queue, run, sleep } from 'cokernel';
import { now, print } from '../show.ts';

const producer = coroutine(async (queue: Queue<number>) => {
  for (let i = 0; i < 4; i++) {
    await queue.put(i);
    print('put', i, now());
  }
});

const consumer = coroutine(async (queue: Queue<number>) => {
  for (let i = 0; i < 4; i++) {
    await sleep(1);
    print('got', await queue.get(), now());
    queue.taskDone();
  }
});

const main = coroutine(async () => {
  const queue = new Queue<number>(2);
  const tasks = [createTask(producer(queue)), createTask(consumer(queue))];
  await gather(...tasks);
  await queue.join();
  print(queue.qsize(), queue.empty(), queue.full(), queue.maxsize);
});

await run(main());
