// A finally block may await; a second cancel interrupts it too.
import { coroutine, createTask, run, sleep } from 'cokernel';
import { now, print, repr } from '../show.ts';

const body = coroutine(async () => {
  try {
    await sleep(10);
  } finally {
    print('cleaning', now());
    try {
      await sleep(5);
      print('never');
    } finally {
      print('given up', now());
    }
  }
});

const main = coroutine(async () => {
  const task = createTask(body());
  await sleep(1);
  task.cancel('first');
  await sleep(1);
  task.cancel('second');
  try {
    await task;
  } catch (error) {
    print(repr(error), task.cancelling());
  }
});

await run(main());
