// A child cancelled on its own bothers nobody.
import { coroutine, run, sleep, type Task, taskGroup } from 'cokernel';
import { now, print } from '../show.ts';

const main = coroutine(async () => {
  let doomed!: Task<void>;
  let other!: Task<string>;
  await taskGroup(async (group) => {
    doomed = group.createTask(sleep(10));
    other = group.createTask(sleep(2, 'other'));
    await sleep(1);
    doomed.cancel();
  });
  print(doomed.cancelled(), other.result(), now());
});

await run(main());
