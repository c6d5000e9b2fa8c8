// A cancelled parent cancels the children and gets a bare CancelledError, unless a child fails.
import { coroutine, createTask, currentTask, run, sleep, taskGroup, ValueError, wait } from 'cokernel';
import { print, repr } from '../show.ts';

const child = coroutine(async (name: string, fail: boolean) => {
  try {
    await sleep(10);
  } catch (error) {
    print('child', name);
    if (fail) throw new ValueError(name);
    throw error;
  }
});

const parent = coroutine(async (fail: boolean) => {
  try {
    await taskGroup(async (group) => {
      group.createTask(child('a', false));
      group.createTask(child('b', fail));
    });
  } catch (error) {
    print('parent', repr(error), currentTask()?.cancelling());
    throw error;
  }
});

const main = coroutine(async () => {
  for (const fail of [false, true]) {
    const task = createTask(parent(fail));
    await sleep(1);
    task.cancel('outside');
    await wait([task]);
    print(task.cancelled());
  }
});

await run(main());
