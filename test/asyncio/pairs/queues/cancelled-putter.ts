// A cancelled putter puts nothing, and wakes the next putter in its place.
import { coroutine, createTask, Queue, run, sleep, wait } from 'cokernel';
import { print } from '../show.ts';

const putter = coroutine(async (name: string, queue: Queue<string>) => {
  await queue.put(name);
  print('put', name);
});

const main = coroutine(async () => {
  const queue = new Queue<string>(1);
  queue.putNowait('full');
  const first = createTask(putter('first', queue));
  const second = createTask(putter('second', queue));
  await sleep(1);
  print('got', queue.getNowait());
  first.cancel();
  await wait([first, second]);
  print(first.cancelled(), queue.qsize(), queue.getNowait());
});

await run(main());
