// Results come in the order of the arguments, whoever finishes first.
import { coroutine, gather, run, sleep } from 'cokernel';
import { now, print } from '../show.ts';

const work = coroutine(async (name: string, seconds: number) => {
  await sleep(seconds);
  print('finished', name);
  return name;
});

const main = coroutine(async () => {
  print(await gather(work('slow', 3), work('quick', 1), work('middle', 2)));
  print(await gather());
  print(now());
});

await run(main());
