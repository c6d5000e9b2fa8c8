// A coroutine object is created, suspended and closed in turn, and running only while it looks at itself.
import { type Coroutine, coroutine, createTask, getCoroutineState, run, sleep } from 'cokernel';
import { print } from '../show.ts';

let looking: Coroutine<void>;

const look = coroutine(async () => {
  print('inside', getCoroutineState(looking));
  await sleep(1);
});

const main = coroutine(async () => {
  looking = look();
  print('made', getCoroutineState(looking));
  const task = createTask(looking);
  await sleep(0.5);
  print('asleep', getCoroutineState(looking));
  await task;
  print('after', getCoroutineState(looking));
});

await run(main());
