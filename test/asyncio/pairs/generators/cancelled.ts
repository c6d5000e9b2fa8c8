// A task cancelled in a generator's await runs the generator's finally, then its own.
import { asyncGenerator, coroutine, createTask, run, sleep, wait } from 'cokernel';
import { now, print } from '../show.ts';

const slow = asyncGenerator(async function* () {
  try {
    yield 'first';
    await sleep(10);
    yield 'never';
  } finally {
    print('generator finally', now());
  }
});

const reader = coroutine(async () => {
  try {
    for await (const item of slow()) print(item);
  } catch (error) {
    print('reader cancelled');
    throw error;
  }
});

const main = coroutine(async () => {
  const task = createTask(reader());
  await sleep(1);
  task.cancel();
  await wait([task]);
  print(task.cancelled());
});

await run(main());
