// One after the other takes the sum; together takes the longest.
import { coroutine, gather, run, sleep } from 'cokernel';
import { now, print } from '../show.ts';

const work = coroutine(async (name: string, seconds: number) => {
  print(name, 'starts', now());
  await sleep(seconds);
  print(name, 'ends', now());
  return name;
});

const main = coroutine(async () => {
  print(await work('a', 1), await work('b', 2));
  print(await gather(work('c', 2), work('d', 1)));
  print(now());
});

await run(main());
