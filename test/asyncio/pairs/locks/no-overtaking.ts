// One who comes while a lock is handed on does not overtake those who wait.
import { coroutine, createTask, Lock, run, sleep, wait } from 'cokernel';
import { print } from '../show.ts';

const taker = coroutine(async (name: string, lock: Lock) => {
  for (let turn = 0; turn < 2; turn++) {
    using _held = await lock.acquire();
    print(name, turn);
  }
});

const main = coroutine(async () => {
  const lock = new Lock();
  await lock.acquire();
  const tasks = [...'ab'].map((name) => createTask(taker(name, lock)));
  await sleep(0);
  lock.release();
  tasks.push(createTask(taker('c', lock)));
  await wait(tasks);
});

await run(main());
