// Done callbacks run at the next turn, in order; one added to a finished task runs too.
import { coroutine, createTask, run, sleep } from 'cokernel';
import { print } from '../show.ts';

const answer = coroutine(async () => 42);

const main = coroutine(async () => {
  const task = createTask(answer());
  const removed = () => print('never');
  task.addDoneCallback((t) => print('first', t.result()));
  task.addDoneCallback(removed);
  task.addDoneCallback((t) => print('second', t === task));
  print('removed', task.removeDoneCallback(removed), task.removeDoneCallback(removed));
  await sleep(0);
  print('done', task.done());
  await sleep(0);
  task.addDoneCallback(() => print('late'));
  print('added');
  await sleep(0);
  print('end');
});

await run(main());
