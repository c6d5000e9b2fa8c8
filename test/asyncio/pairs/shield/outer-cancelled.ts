// A shield takes the cancellation; what is inside runs on.
import { coroutine, createTask, run, shield, sleep, type Task, wait } from 'cokernel';
import { now, print, repr } from '../show.ts';

const work = coroutine(async () => {
  await sleep(2);
  print('work done', now());
  return 'work';
});

const outer = coroutine(async (task: Task<string>) => {
  try {
    await shield(task);
  } catch (error) {
    print('outer', repr(error), task.done());
    throw error;
  }
});

const main = coroutine(async () => {
  const task = createTask(work());
  const waiting = createTask(outer(task));
  await sleep(1);
  waiting.cancel('outer only');
  await wait([waiting]);
  print(waiting.cancelled(), await task, now());
});

await run(main());
