// Leaving the block waits for every child, those of children too.
import { coroutine, run, sleep, type Task, type TaskGroup, taskGroup } from 'cokernel';
import { now, print } from '../show.ts';

const child = coroutine(async (group: TaskGroup, name: string, depth: number): Promise<string> => {
  if (depth > 0) group.createTask(child(group, `${name}'`, depth - 1));
  await sleep(1);
  print(name, now());
  return name;
});

const main = coroutine(async () => {
  let first!: Task<string>;
  let second!: Task<string>;
  await taskGroup(async (group) => {
    first = group.createTask(child(group, 'a', 2));
    second = group.createTask(child(group, 'b', 0));
    print('body ends');
  });
  print(first.result(), second.result(), now());
});

await run(main());
