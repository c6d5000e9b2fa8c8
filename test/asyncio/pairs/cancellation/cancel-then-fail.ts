// Cancelled and failing in the same step, a task has failed.
import { coroutine, createTask, currentTask, run, ValueError } from 'cokernel';
import { print, repr } from '../show.ts';

const body = coroutine(async () => {
  currentTask()?.cancel();
  throw new ValueError('broken');
});

const main = coroutine(async () => {
  const task = createTask(body());
  try {
    print(await task);
  } catch (error) {
    print(repr(error));
  }
  print(task.cancelled(), task.cancelling());
});

await run(main());
