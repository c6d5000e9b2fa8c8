// The first failure cancels the siblings; all errors come out together.
import { CancelledError, coroutine, type ExceptionGroup, run, sleep, taskGroup, ValueError } from 'cokernel';
import { now, print } from '../show.ts';

const child = coroutine(async (name: string, seconds: number, fail = false) => {
  try {
    await sleep(seconds);
    if (fail) throw new ValueError(name);
  } catch (error) {
    if (error instanceof CancelledError) print('cancelled', name, now());
    throw error;
  }
});

const main = coroutine(async () => {
  try {
    await taskGroup(async (group) => {
      group.createTask(child('a', 1));
      group.createTask(child('b', 2, true));
      group.createTask(child('c', 3));
      group.createTask(child('d', 2, true));
    });
  } catch (error) {
    print(error);
    print((error as ExceptionGroup).exceptions, now());
  }
});

await run(main());
