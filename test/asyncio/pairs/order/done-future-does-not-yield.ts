// Awaiting what is done already does not give up the turn.
import { coroutine, createTask, getRunningLoop, run } from 'cokernel';
import { print } from '../show.ts';

const other = coroutine(async () => {
  print('other');
});

const main = coroutine(async () => {
  const future = getRunningLoop().createFuture<string>();
  future.setResult('done');
  const task = createTask(other());
  print(await future);
  print(await future);
  await task;
  print(await task, 'again');
  const late = createTask(other());
  await task;
  print('task awaited again', late.done());
  await late;
});

await run(main());
