// A cancelled waiter of a condition holds the lock again before it leaves.
import { Condition, coroutine, createTask, run, sleep, wait } from 'cokernel';
import { now, print } from '../show.ts';

const waiter = coroutine(async (condition: Condition) => {
  using _held = await condition.acquire();
  try {
    await condition.wait();
  } catch (error) {
    print('cancelled, holding', condition.locked(), now());
    throw error;
  }
});

const main = coroutine(async () => {
  const condition = new Condition();
  const task = createTask(waiter(condition));
  await sleep(1);
  {
    using _held = await condition.acquire();
    task.cancel();
    await sleep(2);
    print('main lets go', now());
  }
  await wait([task]);
  print(task.cancelled(), condition.locked());
});

await run(main());
