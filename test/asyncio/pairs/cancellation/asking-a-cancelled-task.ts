// A cancelled task answers result() and exception() with the CancelledError.
import { coroutine, createTask, run, sleep, wait } from 'cokernel';
import { print, repr } from '../show.ts';

const main = coroutine(async () => {
  const task = createTask(sleep(10, 'slept'));
  await sleep(1);
  task.cancel('no');
  await wait([task]);
  for (const ask of [() => task.result(), () => task.exception()]) {
    try {
      ask();
    } catch (error) {
      print(repr(error));
    }
  }
});

await run(main());
