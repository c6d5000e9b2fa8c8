// run() cannot be called from a running event loop.
import { coroutine, run } from 'cokernel';
import { print, repr } from '../show.ts';

const hello = coroutine(async () => 'hello');

const main = coroutine(async () => {
  const greeting = hello();
  try {
    await run(greeting);
  } catch (error) {
    print(repr(error));
  }
  print(await greeting);
});

await run(main());
