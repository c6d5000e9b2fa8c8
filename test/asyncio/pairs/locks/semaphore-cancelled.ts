// A cancelled waiter of a semaphore loses no permit, woken or not.
import { coroutine, createTask, run, Semaphore, sleep } from 'cokernel';
import { print } from '../show.ts';

const waiter = coroutine(async (name: string, permits: Semaphore) => {
  await permits.acquire();
  print(name, 'has one');
});

const main = coroutine(async () => {
  const permits = new Semaphore(0);
  const tasks = [...'abcd'].map((name) => createTask(waiter(name, permits)));
  await sleep(1);
  tasks[1]?.cancel();
  permits.release();
  permits.release();
  tasks[0]?.cancel();
  await sleep(1);
  print(
    tasks.map((task) => task.done()),
    tasks.map((task) => task.cancelled()),
  );
  print(permits.locked());
});

await run(main());
