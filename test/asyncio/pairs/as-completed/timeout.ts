// After the time limit each remaining one raises TimeoutError; the tasks run on.
import { asCompleted, coroutine, createTask, gather, run, sleep } from 'cokernel';
import { now, print, repr } from '../show.ts';

const main = coroutine(async () => {
  const tasks = [1, 3, 4].map((s) => createTask(sleep(s, s)));
  for (const next of asCompleted(tasks, { timeout: 2 })) {
    try {
      print(await next, now());
    } catch (error) {
      print(repr(error), now());
    }
  }
  print(tasks.map((task) => task.done()));
  print(await gather(...tasks), now());
});

await run(main());
