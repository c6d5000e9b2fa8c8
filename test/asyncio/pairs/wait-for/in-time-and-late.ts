// wait_for gives the value in time, else cancels what it waits for and raises TimeoutError.
import { coroutine, run, sleep, waitFor } from 'cokernel';
import { now, print, repr } from '../show.ts';

const work = coroutine(async (seconds: number) => {
  try {
    await sleep(seconds);
    return `${seconds} s`;
  } catch (error) {
    print('cancelled at', now());
    throw error;
  }
});

const main = coroutine(async () => {
  print(await waitFor(work(1), 2), now());
  print(await waitFor(work(1), null), now());
  try {
    await waitFor(work(5), 2);
  } catch (error) {
    print(repr(error), now());
  }
});

await run(main());
