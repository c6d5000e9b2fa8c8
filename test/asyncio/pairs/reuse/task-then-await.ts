// The awaiter comes first, and the task made from the same object finds it used up.
import { coroutine, createTask, run } from 'cokernel';
import { print, repr } from '../show.ts';

const hello = coroutine(async () => 'hello');

const main = coroutine(async () => {
  const greeting = hello();
  const task = createTask(greeting);
  print('awaited', await greeting);
  try {
    await task;
  } catch (error) {
    print('task', repr(error));
  }
});

await run(main());
