// sleep(0) gives the turn to whoever is ready, in order.
import { coroutine, createTask, run, sleep } from 'cokernel';
import { print } from '../show.ts';

const count = coroutine(async (name: string) => {
  for (let i = 0; i < 3; i++) {
    print(name, i);
    await sleep(0);
  }
});

const main = coroutine(async () => {
  const tasks = [...'ABC'].map((name) => createTask(count(name)));
  print('made');
  for (const task of tasks) await task;
  print('all done');
});

await run(main());
