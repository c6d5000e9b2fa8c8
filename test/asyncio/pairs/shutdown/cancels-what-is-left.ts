// run() ends when main does: what is left over is cancelled, and waited for.
import { coroutine, createTask, run, sleep } from 'cokernel';
import { now, print } from '../show.ts';

const background = coroutine(async (name: string) => {
  try {
    await sleep(10);
  } finally {
    await sleep(1);
    print(name, 'cleaned up', now());
  }
});

const main = coroutine(async () => {
  const leftOver = [...'ab'].map((name) => createTask(background(name)));
  await sleep(1);
  print('main ends', leftOver.length);
  return 'result';
});

print(await run(main()));
