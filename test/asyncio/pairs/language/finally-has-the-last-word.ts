// A return in finally wins over errors, values and cancellations.
import { coroutine, createTask, run, sleep, ValueError } from 'cokernel';
import { print } from '../show.ts';

const overrides = coroutine(async (kind: string) => {
  try {
    await sleep(1);
    if (kind === 'error') throw new ValueError('lost');
    if (kind === 'value') return 'lost';
    await sleep(10);
  } finally {
    // biome-ignore lint/correctness/noUnsafeFinally: this is what the pair is about.
    return `from finally, ${kind}`;
  }
});

const main = coroutine(async () => {
  print(await overrides('error'));
  print(await overrides('value'));
  const task = createTask(overrides('cancel'));
  await sleep(2);
  task.cancel();
  print(await task, task.cancelled());
});

await run(main());
