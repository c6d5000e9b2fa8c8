// Groups nest, and so do the groups of their errors.
import { coroutine, run, sleep, taskGroup, ValueError } from 'cokernel';
import { print, repr } from '../show.ts';

const fail = coroutine(async (name: string, seconds: number) => {
  await sleep(seconds);
  throw new ValueError(name);
});

const inner = coroutine(async () => {
  await taskGroup(async (group) => {
    group.createTask(fail('x', 1));
    group.createTask(fail('y', 1));
  });
});

const main = coroutine(async () => {
  try {
    await taskGroup(async (group) => {
      group.createTask(inner());
      group.createTask(fail('z', 1));
    });
  } catch (error) {
    print(repr(error));
  }
});

await run(main());
