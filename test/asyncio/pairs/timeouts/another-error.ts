// Another error replaces the TimeoutError.
import { coroutine, currentTask, run, sleep, type Timeout, timeout, ValueError } from 'cokernel';
import { print, repr } from '../show.ts';

const main = coroutine(async () => {
  let scope!: Timeout;
  try {
    await timeout(1, async (s) => {
      scope = s;
      try {
        await sleep(5);
      } catch {
        throw new ValueError('cleanup');
      }
    });
  } catch (error) {
    print(repr(error), scope.expired(), currentTask()?.cancelling());
  }
});

await run(main());
