// Cancellation arrives at the await, runs finally blocks from the inside out, and carries its message.
import { coroutine, createTask, run, sleep } from 'cokernel';
import { now, print, repr } from '../show.ts';

const inner = coroutine(async () => {
  try {
    await sleep(10);
  } finally {
    print('inner finally', now());
  }
});

const outer = coroutine(async () => {
  try {
    await inner();
  } catch (error) {
    print('outer', repr(error));
    throw error;
  } finally {
    print('outer finally');
  }
});

const main = coroutine(async () => {
  const task = createTask(outer());
  await sleep(1);
  task.cancel('stop it');
  try {
    await task;
  } catch (error) {
    print('main', repr(error));
  }
  print(task.cancelled());
});

await run(main());
