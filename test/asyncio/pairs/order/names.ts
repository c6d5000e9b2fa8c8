// Tasks have names, and know who is running.
import { allTasks, coroutine, createTask, currentTask, run, sleep } from 'cokernel';
import { print } from '../show.ts';

const who = coroutine(async () => {
  print(currentTask()?.getName());
  await sleep(0);
  print(currentTask()?.getName());
});

const main = coroutine(async () => {
  const task = createTask(who(), { name: 'printer' });
  await sleep(0);
  task.setName('plotter');
  print(allTasks().size, allTasks().has(task));
  await task;
  print(allTasks().size, allTasks().has(task));
});

await run(main());
