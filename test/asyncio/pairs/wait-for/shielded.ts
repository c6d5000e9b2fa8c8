// A shield inside wait_for lets the work outlive its time limit.
import { coroutine, createTask, run, shield, sleep, waitFor } from 'cokernel';
import { now, print, repr } from '../show.ts';

const work = coroutine(async () => {
  await sleep(3);
  print('work done', now());
  return 'work';
});

const main = coroutine(async () => {
  const task = createTask(work());
  try {
    await waitFor(shield(task), 1);
  } catch (error) {
    print(repr(error), now(), task.done());
  }
  print(await task, now());
});

await run(main());
