// uncancel takes one request back, and never goes below none.
import { coroutine, createTask, currentTask, run, sleep, type Task } from 'cokernel';
import { print } from '../show.ts';

const body = coroutine(async () => {
  const task = currentTask() as Task<unknown>;
  try {
    await sleep(10);
  } catch {
    print(task.cancelling(), task.uncancel(), task.uncancel(), task.uncancel());
  }
  await sleep(1);
  return 'lived on';
});

const main = coroutine(async () => {
  const task = createTask(body());
  await sleep(1);
  task.cancel();
  task.cancel();
  print(await task, task.cancelling());
});

await run(main());
