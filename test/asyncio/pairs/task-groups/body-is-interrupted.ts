// A child's failure interrupts the body at its await, and the parent was not cancelled by anyone else.
import { coroutine, currentTask, type ExceptionGroup, run, sleep, taskGroup, ValueError } from 'cokernel';
import { now, print, repr } from '../show.ts';

const fail = coroutine(async () => {
  await sleep(1);
  throw new ValueError('broken');
});

const main = coroutine(async () => {
  try {
    await taskGroup(async (group) => {
      group.createTask(fail());
      try {
        await sleep(10);
      } catch (error) {
        print('body', repr(error), currentTask()?.cancelling());
        throw error;
      }
    });
  } catch (error) {
    print((error as ExceptionGroup).exceptions, currentTask()?.cancelling(), now());
  }
});

await run(main());
