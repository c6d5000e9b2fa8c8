// wait takes tasks, some at least, and one of three words.
import { coroutine, createTask, run, wait } from 'cokernel';
import { print, repr } from '../show.ts';

const hello = coroutine(async () => 'hello');

const main = coroutine(async () => {
  const task = createTask(hello());
  const greeting = hello();
  for (const wrong of [[greeting], []]) {
    try {
      await wait(wrong as never);
    } catch (error) {
      print(repr(error));
    }
  }
  try {
    await wait([task], { returnWhen: 'SOMETIME' as never });
  } catch (error) {
    print(repr(error));
  }
  print(await task, await greeting);
});

await run(main());
