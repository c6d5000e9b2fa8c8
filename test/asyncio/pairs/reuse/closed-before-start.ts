// A closed coroutine never ran, and cannot be awaited any more.
import { coroutine, run } from 'cokernel';
import { print, repr } from '../show.ts';

const hello = coroutine(async () => {
  print('never printed');
});

const main = coroutine(async () => {
  const greeting = hello();
  greeting.close();
  try {
    await greeting;
  } catch (error) {
    print(repr(error));
  }
});

await run(main());
