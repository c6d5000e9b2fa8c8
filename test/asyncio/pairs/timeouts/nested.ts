// Of nested blocks the one that expired raises, inner or outer.
import { coroutine, run, sleep, TimeoutError, timeout } from 'cokernel';
import { now, print } from '../show.ts';

const nested = coroutine(async (inner: number, outer: number) => {
  try {
    await timeout(outer, async () => {
      try {
        await timeout(inner, async () => {
          await sleep(10);
        });
      } catch (error) {
        if (!(error instanceof TimeoutError)) throw error;
        print('inner', now());
      }
    });
  } catch (error) {
    if (!(error instanceof TimeoutError)) throw error;
    print('outer', now());
  }
});

const main = coroutine(async () => {
  await nested(1, 2);
  await nested(2, 1);
  await nested(1, 1);
});

await run(main());
