// gather, wait_for and groups make tasks, so what their children set stays with the children.
import { ContextVar, coroutine, gather, run, sleep, type Task, taskGroup, timeout, waitFor } from 'cokernel';
import { print } from '../show.ts';

const level = new ContextVar('level', { default: 0 });

const deeper = coroutine(async (by: number) => {
  level.set(level.get() + by);
  await sleep(1);
  return level.get();
});

const main = coroutine(async () => {
  level.set(1);
  print(await gather(deeper(1), deeper(2)), level.get());
  print(await waitFor(deeper(10), 5), level.get());
  let task!: Task<number>;
  await taskGroup(async (group) => {
    task = group.createTask(deeper(20));
  });
  print(task.result(), level.get());
  await timeout(5, async () => {
    await deeper(30);
  });
  print(level.get());
});

await run(main());
