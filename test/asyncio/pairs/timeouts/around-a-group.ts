// A timeout around a task group cancels its children and comes out as one TimeoutError.
import { coroutine, run, sleep, taskGroup, timeout } from 'cokernel';
import { now, print, repr } from '../show.ts';

const child = coroutine(async (name: string, seconds: number) => {
  try {
    await sleep(seconds);
    print('finished', name);
  } catch (error) {
    print('cancelled', name);
    throw error;
  }
});

const main = coroutine(async () => {
  try {
    await timeout(2, async () => {
      await taskGroup(async (group) => {
        group.createTask(child('quick', 1));
        group.createTask(child('slow', 3));
      });
    });
  } catch (error) {
    print(repr(error), now());
  }
});

await run(main());
