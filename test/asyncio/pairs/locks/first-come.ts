// A lock goes to those who wait in the order they came.
import { coroutine, gather, Lock, run, sleep } from 'cokernel';
import { now, print } from '../show.ts';

const worker = coroutine(async (name: string, lock: Lock) => {
  {
    using _held = await lock.acquire();
    print(name, 'has it', now());
    await sleep(1);
  }
  print(name, 'let go', now());
});

const main = coroutine(async () => {
  const lock = new Lock();
  await gather(...[...'abc'].map((name) => worker(name, lock)));
  print(lock.locked());
});

await run(main());
