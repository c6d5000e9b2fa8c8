// A task cannot wait for its own end.
import { coroutine, createTask, currentTask, run } from 'cokernel';
import { print } from '../show.ts';

const main = coroutine(async () => {
  const selfish = coroutine(async () => {
    try {
      await currentTask();
    } catch (error) {
      print((error as Error).message.split(':')[0]);
    }
    return 'done';
  });
  const task = createTask(selfish());
  print(await task);
});

await run(main());
