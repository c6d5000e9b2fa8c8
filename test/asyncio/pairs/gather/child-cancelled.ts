// A child cancelled from outside looks like an error of the gather.
import { coroutine, createTask, currentTask, gather, getRunningLoop, run, sleep } from 'cokernel';
import { now, print, repr } from '../show.ts';

const main = coroutine(async () => {
  const doomed = createTask(sleep(10));
  const other = createTask(sleep(2, 'other'));
  getRunningLoop().callLater(1, () => doomed.cancel('doomed'));
  try {
    await gather(doomed, other);
  } catch (error) {
    print(repr(error), now(), currentTask()?.cancelling());
  }
  print(other.done(), await other);
});

await run(main());
