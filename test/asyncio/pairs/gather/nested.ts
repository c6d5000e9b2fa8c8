// A gather is itself a future, and gathers with others.
import { coroutine, gather, run, sleep } from 'cokernel';
import { now, print } from '../show.ts';

const work = coroutine(async (name: string, seconds: number) => {
  await sleep(seconds);
  return `${name}@${now()}`;
});

const main = coroutine(async () => {
  const inner = gather(work('a', 2), work('b', 1));
  print(await gather(inner, work('c', 1), gather(work('d', 3))));
});

await run(main());
