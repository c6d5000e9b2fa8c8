// Two cancels before delivery make one CancelledError, counted twice.
import { coroutine, createTask, currentTask, run, sleep } from 'cokernel';
import { print, repr } from '../show.ts';

const body = coroutine(async () => {
  try {
    await sleep(10);
  } catch (error) {
    print(repr(error), currentTask()?.cancelling());
    throw error;
  }
});

const main = coroutine(async () => {
  const task = createTask(body());
  await sleep(1);
  print(task.cancel('first'), task.cancel('second'));
  try {
    await task;
  } catch (error) {
    print(repr(error), task.cancelling());
  }
});

await run(main());
