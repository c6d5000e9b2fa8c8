// With no time at all only what is done already counts; a coroutine is never started.
import { coroutine, createTask, run, sleep, waitFor } from 'cokernel';
import { now, print, repr } from '../show.ts';

const hello = coroutine(async () => {
  print('never');
});

const main = coroutine(async () => {
  try {
    await waitFor(hello(), 0);
  } catch (error) {
    print(repr(error));
  }
  const done = createTask(sleep(0, 'done'));
  await sleep(1);
  print(await waitFor(done, 0));
  const late = createTask(sleep(1));
  try {
    await waitFor(late, -1);
  } catch (error) {
    print(repr(error), late.cancelled(), now());
  }
});

await run(main());
