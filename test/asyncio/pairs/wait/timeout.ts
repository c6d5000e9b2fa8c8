// A timeout of wait raises nothing; what is pending runs on.
import { coroutine, createTask, gather, run, sleep, wait } from 'cokernel';
import { now, print } from '../show.ts';

const main = coroutine(async () => {
  const tasks = [1, 2, 3].map((s) => createTask(sleep(s, s)));
  let [done, pending] = await wait(tasks, { timeout: 1.5 });
  print(done.size, pending.size, now());
  [done, pending] = await wait(tasks, { timeout: 0 });
  print(done.size, pending.size, now());
  print(await gather(...tasks), now());
});

await run(main());
