// Cancelling a waiter cancels the task it awaits, and so the other waiters of that task.
import { coroutine, createTask, currentTask, run, sleep, type Task, wait } from 'cokernel';
import { print, repr } from '../show.ts';

const shared = coroutine(async () => {
  try {
    await sleep(10);
  } catch (error) {
    print('shared', repr(error));
    throw error;
  }
});

const waiter = coroutine(async (name: string, task: Task<void>) => {
  try {
    await task;
  } catch (error) {
    print(name, repr(error), currentTask()?.cancelling());
    throw error;
  }
});

const main = coroutine(async () => {
  const task = createTask(shared());
  const one = createTask(waiter('one', task));
  const two = createTask(waiter('two', task));
  await sleep(1);
  one.cancel('enough');
  await wait([one, two]);
  print(task.cancelled(), one.cancelled(), two.cancelled());
});

await run(main());
