// A coroutine object is created, suspended and closed in turn, and running only while it looks at itself.
import { type Coroutine, coroutine, createTask, getCoroutineState, run, sleep } from 'cokernel';
import { print } from '../show.ts';

const box: Coroutine<void>[] = [];

const look = coroutine(async () => {
  print('inside', getCoroutineState(box[0]!));
  await sleep(1);
});

const main = coroutine(async () => {
  box.push(look());
  print('made', getCoroutineState(box[0]!));
  const task = createTask(box[0]!);
  await sleep(0.5);
  print('asleep', getCoroutineState(box[0]!));
  await task;
  print('after', getCoroutineState(box[0]!));
});

await run(main());
