// Callbacks run in the context where they were registered.
import { ContextVar, coroutine, createTask, getRunningLoop, run, sleep } from 'cokernel';
import { print } from '../show.ts';

const word = new ContextVar('word', { default: 'none' });

const work = coroutine(async () => {
  word.set('work');
  await sleep(1);
});

const main = coroutine(async () => {
  const loop = getRunningLoop();
  word.set('one');
  loop.callSoon(() => print('soon', word.get()));
  loop.callLater(0.5, () => print('later', word.get()));
  const task = createTask(work());
  word.set('two');
  task.addDoneCallback(() => print('done', word.get()));
  word.set('three');
  await task;
  await sleep(0);
  print('main', word.get());
});

await run(main());
