// Cancelling what is inside still reaches whoever awaits the shield.
import { coroutine, createTask, currentTask, getRunningLoop, run, shield, sleep } from 'cokernel';
import { print, repr } from '../show.ts';

const main = coroutine(async () => {
  const inner = createTask(sleep(10));
  getRunningLoop().callLater(1, () => inner.cancel('inner'));
  try {
    await shield(inner);
  } catch (error) {
    print(repr(error), inner.cancelled(), currentTask()?.cancelling());
  }
});

await run(main());
