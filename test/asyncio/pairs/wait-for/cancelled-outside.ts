// Cancelling who awaits wait_for cancels the inner task, and waits until it is done.
import { coroutine, createTask, run, sleep, wait, waitFor } from 'cokernel';
import { now, print, repr } from '../show.ts';

const inner = coroutine(async () => {
  try {
    await sleep(10);
  } finally {
    await sleep(1);
    print('inner cleaned', now());
  }
});

const outer = coroutine(async () => {
  try {
    await waitFor(inner(), 5);
  } catch (error) {
    print(repr(error), now());
    throw error;
  }
});

const main = coroutine(async () => {
  const task = createTask(outer());
  await sleep(1);
  task.cancel('outside');
  await wait([task]);
  print(task.cancelled(), now());
});

await run(main());
