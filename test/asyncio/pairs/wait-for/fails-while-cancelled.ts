// An error raised while being cancelled replaces the TimeoutError.
import { coroutine, run, sleep, ValueError, waitFor } from 'cokernel';
import { now, print, repr } from '../show.ts';

const breaks = coroutine(async () => {
  try {
    await sleep(10);
  } catch {
    throw new ValueError('in finally');
  }
});

const main = coroutine(async () => {
  try {
    await waitFor(breaks(), 2);
  } catch (error) {
    print(repr(error), now());
  }
});

await run(main());
