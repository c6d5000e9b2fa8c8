// Cancelling a ring of tasks that await each other recurses without end in CPython; here the ring is seen and cancelled once.
import { coroutine, createTask, run, sleep, type Task, wait } from 'cokernel';
import { print } from '../show.ts';

const waitFor = coroutine(async (name: string): Promise<void> => {
  await sleep(0);
  await tasks.get(name);
});

const tasks = new Map<string, Task<void>>();

const main = coroutine(async () => {
  tasks.set('a', createTask(waitFor('b')));
  tasks.set('b', createTask(waitFor('a')));
  await sleep(1);
  try {
    tasks.get('a')?.cancel();
  } catch (error) {
    print((error as Error).name);
  }
  print('asked');
  const [done, pending] = await wait(tasks.values(), { timeout: 1 });
  print(done.size, pending.size);
});

await run(main());
