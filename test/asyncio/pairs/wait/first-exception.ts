// FIRST_EXCEPTION returns at the first error; a cancelled task does not count as one.
import { coroutine, createTask, getRunningLoop, run, sleep, type Task, ValueError, wait } from 'cokernel';
import { now, print } from '../show.ts';

const fail = coroutine(async (seconds: number) => {
  await sleep(seconds);
  throw new ValueError('broken');
});

const main = coroutine(async () => {
  const cancelled = createTask(sleep(9));
  getRunningLoop().callLater(1, () => cancelled.cancel());
  const tasks: Task<void>[] = [createTask(sleep(1)), cancelled, createTask(fail(2)), createTask(sleep(3))];
  const [done, pending] = await wait(tasks, { returnWhen: 'FIRST_EXCEPTION' });
  print(done.size, pending.size, now());
  print(tasks.map((task) => done.has(task)));
});

await run(main());
