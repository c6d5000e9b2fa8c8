// A copied context is a world of its own.
import { ContextVar, copyContext, coroutine, createTask, run } from 'cokernel';
import { print } from '../show.ts';

const word = new ContextVar('word', { default: 'none' });

const change = () => {
  word.set('changed');
  return word.get();
};

const say = coroutine(async () => {
  print('task sees', word.get());
  word.set('by the task');
});

const main = coroutine(async () => {
  word.set('original');
  const copy = copyContext();
  print(copy.run(change), word.get(), copy.get(word));
  const task = createTask(say(), { context: copy });
  await task;
  print(word.get(), copy.get(word));
});

await run(main());
