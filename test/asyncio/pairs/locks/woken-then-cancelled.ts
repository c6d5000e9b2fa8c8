// A waiter that was woken and then cancelled hands the lock on.
import { coroutine, createTask, Lock, run, sleep, wait } from 'cokernel';
import { print } from '../show.ts';

const waiter = coroutine(async (name: string, lock: Lock) => {
  try {
    await lock.acquire();
    print(name, 'has it');
    lock.release();
  } catch (error) {
    print(name, 'cancelled');
    throw error;
  }
});

const main = coroutine(async () => {
  const lock = new Lock();
  await lock.acquire();
  const tasks = [...'abc'].map((name) => createTask(waiter(name, lock)));
  await sleep(1);
  lock.release();
  tasks[0]?.cancel();
  await wait(tasks);
  print(
    lock.locked(),
    tasks.map((task) => task.cancelled()),
  );
});

await run(main());
