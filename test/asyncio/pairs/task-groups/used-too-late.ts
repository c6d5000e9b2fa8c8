// A group takes no child once it has ended.
import { coroutine, run, sleep, type TaskGroup, taskGroup } from 'cokernel';
import { print } from '../show.ts';

const main = coroutine(async () => {
  let group!: TaskGroup;
  await taskGroup(async (tg) => {
    group = tg;
    tg.createTask(sleep(1));
  });
  const late = sleep(1);
  try {
    group.createTask(late);
  } catch (error) {
    print((error as Error).message.split('>').at(-1)?.trim());
  }
  late.close();
});

await run(main());
