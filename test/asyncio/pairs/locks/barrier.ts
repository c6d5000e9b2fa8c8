// A barrier opens when enough have come, and each learns its place.
import { Barrier, coroutine, gather, run, sleep } from 'cokernel';
import { now, print } from '../show.ts';

const racer = coroutine(async (name: string, seconds: number, barrier: Barrier) => {
  await sleep(seconds);
  print(name, 'waits', now());
  const place = await barrier.wait();
  print(name, 'runs', now(), place);
});

const main = coroutine(async () => {
  const barrier = new Barrier(3);
  await gather(...[...'abcdef'].map((name, s) => racer(name, s, barrier)));
  print(barrier.nWaiting, barrier.parties, barrier.broken);
});

await run(main());
