// A task that a clean-up makes is not waited for: it has the few turns that run() itself still takes.
import { coroutine, createTask, run, sleep } from 'cokernel';
import { print } from '../show.ts';

const late = coroutine(async () => {
  for (let i = 0; i < 20; i++) {
    print('turn', i);
    await sleep(0);
  }
});

const background = coroutine(async () => {
  try {
    await sleep(10);
  } finally {
    createTask(late());
  }
});

const main = coroutine(async () => {
  createTask(background());
  await sleep(0);
  print('main ends');
});

await run(main());
