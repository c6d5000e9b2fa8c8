// Each iteration of a loop has its own variables, when they are passed on.
import { coroutine, createTask, gather, run, sleep } from 'cokernel';
import { print } from '../show.ts';

const main = coroutine(async () => {
  const seen: unknown[] = [];

  const remember = coroutine(async (i: number, seconds: number) => {
    await sleep(seconds);
    seen.push(i);
  });

  const tasks = [0, 1, 2].map((i) => createTask(remember(i, 3 - i)));
  for (let outer = 0; outer < 3; outer++) {
    for (let inner = 0; inner < 3; inner++) {
      if (inner === 1) break;
      await sleep(0);
      seen.push(`${outer}${inner}`);
    }
  }
  await gather(...tasks);
  print(seen);
});

await run(main());
