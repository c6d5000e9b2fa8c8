// Where the awaited task swallows, the outer one gets its value and was not cancelled.
import { coroutine, createTask, run, sleep, type Task } from 'cokernel';
import { print } from '../show.ts';

const inner = coroutine(async () => {
  try {
    await sleep(10);
    return 'slept';
  } catch {
    return 'inner value';
  }
});

const outer = coroutine(async (task: Task<string>) => await task);

const main = coroutine(async () => {
  const task = createTask(inner());
  const waiting = createTask(outer(task));
  await sleep(1);
  waiting.cancel();
  print(await waiting, waiting.cancelled(), waiting.cancelling(), task.cancelling());
});

await run(main());
