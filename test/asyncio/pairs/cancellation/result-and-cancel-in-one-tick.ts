// Cancelled in the tick its future was set: the task is cancelled, the future keeps its result.
import { coroutine, createTask, type Future, getRunningLoop, run, sleep, wait } from 'cokernel';
import { print, repr } from '../show.ts';

const waiter = coroutine(async (future: Future<string>) => {
  try {
    print('got', await future);
  } catch (error) {
    print(repr(error));
    throw error;
  }
});

const main = coroutine(async () => {
  const future = getRunningLoop().createFuture<string>();
  const task = createTask(waiter(future));
  await sleep(0);
  future.setResult('result');
  print(task.cancel('late'));
  await wait([task]);
  print(task.cancelled(), future.cancelled(), future.result());
});

await run(main());
