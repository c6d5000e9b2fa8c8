// A task that cancels itself goes on to its next real suspension.
import { coroutine, createTask, currentTask, run, sleep, wait } from 'cokernel';
import { print, repr } from '../show.ts';

const noWait = coroutine(async () => 'no wait');

const body = coroutine(async () => {
  currentTask()?.cancel('myself');
  print('still running');
  print(await noWait());
  try {
    await sleep(0);
  } catch (error) {
    print(repr(error));
    throw error;
  }
});

const main = coroutine(async () => {
  const task = createTask(body());
  await wait([task]);
  print(task.cancelled());
});

await run(main());
