// An error of main comes out of run, after the clean-up.
import { coroutine, createTask, run, sleep, ValueError } from 'cokernel';
import { print, repr } from '../show.ts';

const background = coroutine(async () => {
  try {
    await sleep(10);
  } finally {
    print('cleaned up');
  }
});

const main = coroutine(async () => {
  createTask(background());
  await sleep(1);
  throw new ValueError('main');
});

try {
  await run(main());
} catch (error) {
  print(repr(error));
}
