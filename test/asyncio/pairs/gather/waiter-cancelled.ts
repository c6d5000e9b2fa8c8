// Cancelling the task that awaits a gather cancels every child, and one that swallows gives no value back.
import { coroutine, createTask, gather, run, sleep, wait } from 'cokernel';
import { print, repr } from '../show.ts';

const child = coroutine(async (name: string, swallow: boolean) => {
  try {
    await sleep(10);
  } catch (error) {
    print('child', name);
    if (!swallow) throw error;
  }
  return name;
});

const parent = coroutine(async () => {
  try {
    print(await gather(child('a', true), child('b', true)));
  } catch (error) {
    print('parent', repr(error));
    throw error;
  }
});

const main = coroutine(async () => {
  const task = createTask(parent());
  await sleep(1);
  task.cancel('parent');
  await wait([task]);
  print(task.cancelled());
});

await run(main());
