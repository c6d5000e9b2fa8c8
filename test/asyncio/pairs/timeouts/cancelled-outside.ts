// A cancellation from outside passes through a timeout block as itself, even if both come at once.
import { coroutine, createTask, currentTask, getRunningLoop, run, sleep, timeout, wait } from 'cokernel';
import { print } from '../show.ts';

const body = coroutine(async (limit: number) => {
  try {
    await timeout(limit, async () => {
      await sleep(10);
    });
  } catch (error) {
    print((error as Error).name, currentTask()?.cancelling());
    throw error;
  }
});

const main = coroutine(async () => {
  for (const limit of [5, 1]) {
    const task = createTask(body(limit));
    getRunningLoop().callLater(1, () => task.cancel('outside'));
    await wait([task]);
    print(task.cancelled());
  }
});

await run(main());
