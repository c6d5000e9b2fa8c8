// Swallowing inside the block gives no TimeoutError, though the scope has expired.
import { coroutine, currentTask, run, sleep, type Timeout, timeout } from 'cokernel';
import { now, print, repr } from '../show.ts';

const main = coroutine(async () => {
  let scope!: Timeout;
  await timeout(1, async (s) => {
    scope = s;
    try {
      await sleep(5);
    } catch (error) {
      print(repr(error));
    }
  });
  print(scope.expired(), currentTask()?.cancelling(), now());
});

await run(main());
