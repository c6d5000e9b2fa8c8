// Timers of one instant fire in the order they were made, and all before what they wake.
import { coroutine, gather, run, sleep } from 'cokernel';
import { now, print } from '../show.ts';

const sleeper = coroutine(async (name: number) => {
  await sleep(1);
  print(name, now());
  await sleep(0);
  print(name, 'again');
});

const main = coroutine(async () => {
  await gather(...[0, 1, 2, 3, 4, 5, 6].map((i) => sleeper(i)));
});

await run(main());
