// A loop that catches each cancellation and tries again needs as many cancels as it has patience.
import { coroutine, createTask, run, sleep, wait } from 'cokernel';
import { now, print, repr } from '../show.ts';

const patient = coroutine(async () => {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      await sleep(10);
    } catch (error) {
      print('attempt', attempt, repr(error), now());
    }
  }
  await sleep(10);
});

const main = coroutine(async () => {
  const task = createTask(patient());
  for (let i = 0; i < 4; i++) {
    await sleep(1);
    task.cancel(`cancel ${i}`);
  }
  await wait([task]);
  print(task.cancelled(), task.cancelling(), now());
});

await run(main());
