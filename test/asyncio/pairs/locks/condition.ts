// notify wakes so many, who then take the lock one by one.
import { Condition, coroutine, createTask, gather, run, sleep } from 'cokernel';
import { now, print } from '../show.ts';

const waiter = coroutine(async (name: string, condition: Condition) => {
  using _held = await condition.acquire();
  await condition.wait();
  print(name, 'woken', now());
  await sleep(1);
});

const main = coroutine(async () => {
  const condition = new Condition();
  const tasks = [...'abcd'].map((name) => createTask(waiter(name, condition)));
  await sleep(1);
  {
    using _held = await condition.acquire();
    condition.notify(2);
    print('notified', condition.locked());
  }
  await sleep(5);
  {
    using _held = await condition.acquire();
    condition.notifyAll();
  }
  await gather(...tasks);
});

await run(main());
