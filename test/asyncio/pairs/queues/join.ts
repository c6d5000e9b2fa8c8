// join waits until each item was said to be done, more than once if there is more.
import { coroutine, createTask, Queue, run, sleep, wait } from 'cokernel';
import { now, print } from '../show.ts';

const worker = coroutine(async (name: string, queue: Queue<number>) => {
  while (true) {
    const item = await queue.get();
    await sleep(item);
    print(name, 'did', item, now());
    queue.taskDone();
  }
});

const main = coroutine(async () => {
  const queue = new Queue<number>();
  await queue.join();
  const workers = [...'ab'].map((name) => createTask(worker(name, queue)));
  for (const item of [3, 1, 2]) queue.putNowait(item);
  await queue.join();
  print('all done', now());
  for (const task of workers) task.cancel();
  await wait(workers);
  print(workers.map((task) => task.cancelled()));
});

await run(main());
