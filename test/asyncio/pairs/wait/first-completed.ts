// wait gives the finished and the unfinished, and cancels nobody.
import { coroutine, createTask, run, sleep, wait } from 'cokernel';
import { now, print } from '../show.ts';

const main = coroutine(async () => {
  const tasks = [3, 1, 2].map((s) => createTask(sleep(s, `after ${s}`)));
  let [done, pending] = await wait(tasks, { returnWhen: 'FIRST_COMPLETED' });
  print(done.size, pending.size, now());
  for (const task of done) print(task.result());
  [done, pending] = await wait(pending);
  print(done.size, pending.size, now());
});

await run(main());
