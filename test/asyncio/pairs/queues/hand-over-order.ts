// Getters are served in the order they came, one turn after the put.
import { coroutine, createTask, Queue, run, sleep, wait } from 'cokernel';
import { print } from '../show.ts';

const getter = coroutine(async (name: string, queue: Queue<number>) => {
  print(name, 'waits');
  print(name, 'got', await queue.get());
});

const main = coroutine(async () => {
  const queue = new Queue<number>();
  const tasks = [...'abc'].map((name) => createTask(getter(name, queue)));
  await sleep(0);
  for (let item = 0; item < 3; item++) {
    queue.putNowait(item);
    print('put', item);
  }
  print('quick', queue.getNowait());
  await sleep(0);
  print('one turn later', queue.qsize());
  queue.putNowait(3);
  await wait(tasks);
});

await run(main());
