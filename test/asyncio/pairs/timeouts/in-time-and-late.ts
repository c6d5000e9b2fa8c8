// A timeout block that ends in time does nothing; a late one raises TimeoutError.
import { coroutine, run, sleep, type Timeout, timeout } from 'cokernel';
import { now, print, repr } from '../show.ts';

const main = coroutine(async () => {
  let scope!: Timeout;
  await timeout(2, async (s) => {
    scope = s;
    await sleep(1);
  });
  print(scope.expired(), now());
  try {
    await timeout(2, async (s) => {
      scope = s;
      await sleep(5);
    });
  } catch (error) {
    print(repr(error), scope.expired(), now());
  }
  await timeout(null, async (s) => {
    scope = s;
    await sleep(5);
  });
  print(scope.when(), scope.expired(), now());
});

await run(main());
