// A task made from a coroutine that is suspended elsewhere takes it over in CPython; here it is refused, and nobody is robbed.
import { type Awaitable, coroutine, createTask, run, sleep } from 'cokernel';
import { print, repr } from '../show.ts';

const hello = coroutine(async () => {
  await sleep(0);
  return 'hello';
});

const attempt = coroutine(async (name: string, awaitable: Awaitable<string>) => {
  try {
    print(name, await awaitable);
  } catch (error) {
    print(name, repr(error));
  }
});

const main = coroutine(async () => {
  const greeting = hello();
  const task = createTask(greeting);
  await attempt('awaiter', greeting);
  await attempt('task', task);
});

await run(main());
