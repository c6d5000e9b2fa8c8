// The same coroutine given twice runs once, and its result comes twice.
import { coroutine, createTask, gather, run, sleep } from 'cokernel';
import { print } from '../show.ts';

const once = coroutine(async () => {
  print('once');
  await sleep(1);
  return 'result';
});

const main = coroutine(async () => {
  const same = once();
  print(await gather(same, same));
  const task = createTask(once());
  print(await gather(task, sleep(0, 'other'), task));
});

await run(main());
