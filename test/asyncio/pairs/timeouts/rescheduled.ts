// A deadline can be moved, and taken away.
import { coroutine, getRunningLoop, run, sleep, type Timeout, timeout, timeoutAt } from 'cokernel';
import { now, print, repr } from '../show.ts';

const main = coroutine(async () => {
  const loop = getRunningLoop();
  let scope!: Timeout;
  await timeout(1, async (s) => {
    scope = s;
    s.reschedule(loop.time() + 3);
    await sleep(2);
    s.reschedule(null);
    await sleep(5);
  });
  print(scope.expired(), now());
  try {
    await timeoutAt(loop.time() + 9, async (s) => {
      scope = s;
      s.reschedule(loop.time() + 1);
      await sleep(5);
    });
  } catch {
    print('expired', now());
  }
  try {
    scope.reschedule(null);
  } catch (error) {
    print(repr(error));
  }
});

await run(main());
