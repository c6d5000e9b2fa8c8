// A runner keeps one loop over several runs, and closes it at the end.
import { allTasks, coroutine, createTask, Runner, sleep } from 'cokernel';
import { now, print, repr } from '../show.ts';

const background = coroutine(async () => {
  try {
    await sleep(10);
  } finally {
    print('cleaned up', now());
  }
});

const first = coroutine(async () => {
  createTask(background());
  await sleep(1);
  return 'first';
});

const second = coroutine(async () => {
  await sleep(1);
  return allTasks().size;
});

const runner = new Runner();
print(await runner.run(first()));
print(await runner.run(second()));
await runner.close();
try {
  runner.getLoop();
} catch (error) {
  print(repr(error));
}
