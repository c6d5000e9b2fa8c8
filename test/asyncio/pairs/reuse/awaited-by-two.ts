// While one task is suspended in a coroutine, another cannot await the same object.
import { type Coroutine, coroutine, gather, run, sleep } from 'cokernel';
import { print, repr } from '../show.ts';

const slow = coroutine(async () => {
  await sleep(1);
  return 'slow';
});

const waitForIt = coroutine(async (name: string, shared: Coroutine<string>) => {
  try {
    print(name, await shared);
  } catch (error) {
    print(name, repr(error));
  }
});

const main = coroutine(async () => {
  const shared = slow();
  await gather(waitForIt('first', shared), waitForIt('second', shared));
});

await run(main());
