// A task may answer a cancellation with an error of its own.
import { coroutine, createTask, run, sleep, ValueError } from 'cokernel';
import { print, repr } from '../show.ts';

const body = coroutine(async () => {
  try {
    await sleep(10);
  } catch {
    throw new ValueError('instead');
  }
});

const main = coroutine(async () => {
  const task = createTask(body());
  await sleep(1);
  task.cancel();
  try {
    await task;
  } catch (error) {
    print(repr(error));
  }
  print(task.cancelled(), repr(task.exception()));
});

await run(main());
