// An error of the body cancels the children and is grouped with theirs.
import { coroutine, type ExceptionGroup, run, sleep, taskGroup, ValueError } from 'cokernel';
import { now, print } from '../show.ts';

class KeyError extends Error {
  override name = 'KeyError';
}

const child = coroutine(async () => {
  try {
    await sleep(10);
  } catch {
    throw new KeyError('cleanup');
  }
});

const main = coroutine(async () => {
  try {
    await taskGroup(async (group) => {
      group.createTask(child());
      group.createTask(sleep(10));
      await sleep(1);
      throw new ValueError('body');
    });
  } catch (error) {
    print(error);
    print(
      (error as ExceptionGroup).exceptions.map((one) => (one as Error).name),
      now(),
    );
  }
});

await run(main());
