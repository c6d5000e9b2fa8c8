// Each error comes in its turn, and the rest still follow.
import { asCompleted, coroutine, createTask, run, sleep, ValueError } from 'cokernel';
import { now, print, repr } from '../show.ts';

const work = coroutine(async (name: string, seconds: number, fail = false) => {
  await sleep(seconds);
  if (fail) throw new ValueError(name);
  return name;
});

const main = coroutine(async () => {
  const tasks = [work('a', 3), work('b', 1, true), work('c', 2)].map((c) => createTask(c));
  for (const next of asCompleted(tasks)) {
    try {
      print(await next, now());
    } catch (error) {
      print(repr(error), now());
    }
  }
});

await run(main());
