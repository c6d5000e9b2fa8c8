// An error that left a coroutine does not come out of it a second time; a task keeps its error.
import { coroutine, createTask, run, ValueError } from 'cokernel';
import { print, repr } from '../show.ts';

const broken = coroutine(async () => {
  throw new ValueError('broken');
});

const main = coroutine(async () => {
  const once = broken();
  for (let i = 0; i < 2; i++) {
    try {
      await once;
    } catch (error) {
      print('coroutine', repr(error));
    }
  }
  const task = createTask(broken());
  for (let i = 0; i < 2; i++) {
    try {
      await task;
    } catch (error) {
      print('task', repr(error));
    }
  }
});

await run(main());
