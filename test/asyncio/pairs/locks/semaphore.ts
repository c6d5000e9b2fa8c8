// A semaphore lets so many in, and the next when one leaves.
import { coroutine, gather, run, Semaphore, sleep } from 'cokernel';
import { now, print } from '../show.ts';

const worker = coroutine(async (name: string, permits: Semaphore) => {
  {
    using _permit = await permits.acquire();
    print(name, 'in', now());
    await sleep(name === 'a' ? 1 : 2);
  }
  print(name, 'out', now());
});

const main = coroutine(async () => {
  const permits = new Semaphore(2);
  await gather(...[...'abcde'].map((name) => worker(name, permits)));
  print(permits.locked());
});

await run(main());
