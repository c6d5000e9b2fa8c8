// wait_for on a condition looks again after each notification, and gives what the test gave.
import { Condition, coroutine, createTask, run, sleep } from 'cokernel';
import { now, print } from '../show.ts';

const main = coroutine(async () => {
  const condition = new Condition();
  const stock: number[] = [];

  const consumer = coroutine(async () => {
    using _held = await condition.acquire();
    print('got', await condition.waitFor(() => stock.length >= 2 && 'enough'), now());
  });

  const task = createTask(consumer());
  for (let i = 0; i < 3; i++) {
    await sleep(1);
    using _held = await condition.acquire();
    stock.push(i);
    condition.notify();
  }
  await task;
});

await run(main());
