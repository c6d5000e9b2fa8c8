// A coroutine object can be awaited once.
import { coroutine, run } from 'cokernel';
import { print, repr } from '../show.ts';

const hello = coroutine(async () => 'hello');

const main = coroutine(async () => {
  const greeting = hello();
  print(await greeting);
  try {
    await greeting;
  } catch (error) {
    print(repr(error));
  }
});

await run(main());
