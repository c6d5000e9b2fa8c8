// A task starts at the loop's next turn, not where it is made; ensure_future gives a task back as it is.
import { coroutine, createTask, ensureFuture, run, sleep } from 'cokernel';
import { print } from '../show.ts';

const say = coroutine(async (word: string) => {
  print(word);
  return word;
});

const main = coroutine(async () => {
  const first = createTask(say('first'));
  const second = ensureFuture(say('second'));
  print(ensureFuture(second) === second);
  print('before');
  await sleep(0);
  print('after', first.done(), second.done(), first.result());
});

await run(main());
