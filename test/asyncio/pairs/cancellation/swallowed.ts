// A task that swallows its cancellation finishes as if nothing had been; the count stays.
import { coroutine, createTask, run, sleep } from 'cokernel';
import { now, print } from '../show.ts';

const stubborn = coroutine(async () => {
  try {
    await sleep(10);
  } catch {
    print('swallowed');
  }
  await sleep(1);
  return 'finished';
});

const main = coroutine(async () => {
  const task = createTask(stubborn());
  await sleep(1);
  task.cancel();
  print(await task, now());
  print(task.cancelled(), task.cancelling());
});

await run(main());
