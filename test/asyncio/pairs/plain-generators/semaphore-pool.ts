// Six jobs through a pool of two.
import { BoundedSemaphore, coroutine, gather, run, sleep } from 'cokernel';
import { now, print } from '../show.ts';

const job = coroutine(function* (i: number, pool: BoundedSemaphore, log: string[]) {
  using _permit = yield* pool.acquire();
  log.push(`+${i}`);
  yield* sleep(3 - (i % 3));
  log.push(`-${i}`);
});

const main = coroutine(function* () {
  const pool = new BoundedSemaphore(2);
  const log: string[] = [];
  yield* gather(...[0, 1, 2, 3, 4, 5].map((i) => job(i, pool, log)));
  print(log.join(' '), now());
});

await run(main());
