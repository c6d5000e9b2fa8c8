// Cancelling who waits leaves alone those waited for.
import { coroutine, createTask, gather, run, sleep, type Task, wait } from 'cokernel';
import { now, print } from '../show.ts';

const waiter = coroutine(async (tasks: Task<number>[]) => {
  try {
    await wait(tasks);
  } catch (error) {
    print('waiter cancelled', now());
    throw error;
  }
});

const main = coroutine(async () => {
  const tasks = [2, 3].map((s) => createTask(sleep(s, s)));
  const waiting = createTask(waiter(tasks));
  await sleep(1);
  waiting.cancel();
  await wait([waiting]);
  print(await gather(...tasks), now());
});

await run(main());
