// A main that cancels itself makes run raise CancelledError.
import { coroutine, currentTask, run, sleep } from 'cokernel';
import { print, repr } from '../show.ts';

const main = coroutine(async () => {
  currentTask()?.cancel('main');
  try {
    await sleep(1);
  } finally {
    print('finally');
  }
});

try {
  await run(main());
} catch (error) {
  print(repr(error));
}
