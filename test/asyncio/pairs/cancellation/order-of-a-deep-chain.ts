// Through a chain of tasks the cancellation goes down to the last and comes back up, one turn a link.
import { coroutine, createTask, run, sleep, wait } from 'cokernel';
import { print } from '../show.ts';

const link = coroutine(async (depth: number): Promise<void> => {
  try {
    if (depth === 0) await sleep(10);
    else await createTask(link(depth - 1));
  } finally {
    print('link', depth);
  }
});

const ticker = coroutine(async () => {
  for (let i = 0; i < 6; i++) {
    print('tick', i);
    await sleep(0);
  }
});

const main = coroutine(async () => {
  const task = createTask(link(4));
  await sleep(1);
  const ticks = createTask(ticker());
  task.cancel();
  await wait([task, ticks]);
  print(task.cancelled());
});

await run(main());
