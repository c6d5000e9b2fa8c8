// as_completed hands results out as they come.
import { asCompleted, coroutine, createTask, run, sleep } from 'cokernel';
import { now, print } from '../show.ts';

const work = coroutine(async (name: string, seconds: number) => {
  await sleep(seconds);
  return name;
});

const main = coroutine(async () => {
  const tasks = (
    [
      ['slow', 3],
      ['quick', 1],
      ['middle', 2],
    ] as const
  ).map(([name, s]) => createTask(work(name, s)));
  for (const next of asCompleted(tasks)) print(await next, now());
});

await run(main());
