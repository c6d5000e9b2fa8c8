// The first error comes out at once, while the siblings run on.
import { CancelledError, coroutine, gather, run, sleep, ValueError } from 'cokernel';
import { now, print, repr } from '../show.ts';

const work = coroutine(async (name: string, seconds: number, fail = false) => {
  try {
    await sleep(seconds);
    if (fail) throw new ValueError(name);
    print('finished', name);
  } catch (error) {
    if (error instanceof CancelledError) print('cancelled', name);
    throw error;
  }
});

const main = coroutine(async () => {
  try {
    await gather(work('a', 1), work('b', 2, true), work('c', 3), work('d', 4, true));
  } catch (error) {
    print(repr(error), now());
  }
  await sleep(3);
  print('end', now());
});

await run(main());
