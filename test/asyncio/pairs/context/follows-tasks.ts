// Each task works on a copy of its maker's context.
import { ContextVar, coroutine, createTask, run, sleep } from 'cokernel';
import { print } from '../show.ts';

const name = new ContextVar('name', { default: 'nobody' });

const child = coroutine(async () => {
  print('child sees', name.get());
  name.set('child');
  await sleep(1);
  print('child keeps', name.get());
});

const main = coroutine(async () => {
  print(name.get());
  name.set('main');
  const task = createTask(child());
  name.set('main, later');
  await sleep(0.5);
  print('main keeps', name.get());
  await task;
  await child();
  print('awaited in place', name.get());
});

await run(main());
