// Cancelled and returning in the same step, a task is cancelled and its value is lost.
import { coroutine, createTask, currentTask, run } from 'cokernel';
import { print, repr } from '../show.ts';

const body = coroutine(async () => {
  currentTask()?.cancel('on the way out');
  return 'value';
});

const main = coroutine(async () => {
  const task = createTask(body());
  try {
    print(await task);
  } catch (error) {
    print(repr(error));
  }
  print(task.cancelled());
});

await run(main());
