// Errors and values travel through a hundred awaits.
import { type CoroutineFunction, coroutine, run, sleep, ValueError } from 'cokernel';
import { now, print, repr } from '../show.ts';

const down: CoroutineFunction<[depth: number, seconds: number], number> = coroutine(function* (
  depth: number,
  seconds: number,
) {
  if (depth === 0) {
    yield* sleep(seconds);
    if (seconds > 1) throw new ValueError('bottom');
    return 0;
  }
  return 1 + (yield* down(depth - 1, seconds));
});

const main = coroutine(function* () {
  print(yield* down(100, 1), now());
  try {
    yield* down(100, 2);
  } catch (error) {
    print(repr(error), now());
  }
});

await run(main());
