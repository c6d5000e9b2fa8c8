// Callbacks and tasks share one queue; a cancelled handle is passed over.
import { coroutine, createTask, getRunningLoop, run, sleep } from 'cokernel';
import { print } from '../show.ts';

const worker = coroutine(async () => {
  print('worker');
});

const main = coroutine(async () => {
  const loop = getRunningLoop();
  loop.callSoon(print, 'one');
  const task = createTask(worker());
  const cancelled = loop.callSoon(print, 'never');
  loop.callSoon(() => loop.callSoon(print, 'nested'));
  loop.callSoon(print, 'two');
  cancelled.cancel();
  print(cancelled.cancelled());
  await sleep(0);
  print('one turn later');
  await sleep(0);
  print('two turns later', task.done());
});

await run(main());
