// An async generator yields between its own awaits.
import { asyncGenerator, coroutine, run, sleep } from 'cokernel';
import { now, print } from '../show.ts';

const countdown = asyncGenerator(async function* (n: number) {
  while (n > 0) {
    await sleep(1);
    yield n--;
  }
  print('lift-off', now());
});

const main = coroutine(async () => {
  for await (const i of countdown(3)) print(i, now());
});

await run(main());
