// A group needs errors, one at least.
import { coroutine, ExceptionGroup, run } from 'cokernel';
import { print, repr } from '../show.ts';

const main = coroutine(async () => {
  for (const wrong of [[], [42]]) {
    try {
      new ExceptionGroup('empty', wrong as never);
    } catch (error) {
      print(repr(error));
    }
  }
});

await run(main());
