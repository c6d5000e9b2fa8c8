// Python's `except Exception` lets a cancellation through; JavaScript's `catch` catches it like all else.
import { coroutine, createTask, run, sleep, wait } from 'cokernel';
import { print } from '../show.ts';

const careless = coroutine(async () => {
  try {
    await sleep(10);
  } catch {
    print('swallowed');
  }
  return 'went on';
});

const main = coroutine(async () => {
  const task = createTask(careless());
  await sleep(1);
  task.cancel();
  await wait([task]);
  print(task.cancelled());
});

await run(main());
