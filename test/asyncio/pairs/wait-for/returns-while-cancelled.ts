// A coroutine that returns inside its handler of CancelledError has its value returned.
import { coroutine, run, sleep, waitFor } from 'cokernel';
import { now, print } from '../show.ts';

const saves = coroutine(async () => {
  try {
    await sleep(10);
    return 'slept';
  } catch {
    await sleep(1);
    return 'saved';
  }
});

const main = coroutine(async () => {
  print(await waitFor(saves(), 2), now());
});

await run(main());
