// An error keeps the one that caused it, through tasks too.
import { coroutine, createTask, RuntimeError, run, sleep, ValueError } from 'cokernel';
import { print, repr } from '../show.ts';

const low = coroutine(async () => {
  await sleep(1);
  throw new ValueError('low');
});

const high = coroutine(async () => {
  try {
    await low();
  } catch (error) {
    throw new RuntimeError('high', { cause: error });
  }
});

const main = coroutine(async () => {
  try {
    await createTask(high());
  } catch (error) {
    print(repr(error), repr((error as Error).cause));
  }
});

await run(main());
