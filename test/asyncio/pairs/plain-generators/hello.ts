// The chapter's first program: hello, then world, a second apart.
import { coroutine, run, sleep } from 'cokernel';
import { now, print } from '../show.ts';

const main = coroutine(function* () {
  print('hello', now());
  yield* sleep(1);
  print('world', now());
});

await run(main());
