// Python awaits awaitables only; `await 42` gives 42, as everywhere in JavaScript.
import { coroutine, run } from 'cokernel';
import { print } from '../show.ts';

const main = coroutine(async () => {
  try {
    print(await 42);
  } catch (error) {
    print((error as Error).name);
  }
});

await run(main());
