// A helper that tries again, waiting twice as long each time.
import { type Coroutine, coroutine, run, sleep, ValueError } from 'cokernel';
import { now, print } from '../show.ts';

const attempts: string[] = [];

const flaky = coroutine(function* () {
  attempts.push(now());
  yield* sleep(0.5);
  if (attempts.length < 3) throw new ValueError(`attempt ${attempts.length}`);
  return 'at last';
});

const retry = coroutine(function* (work: () => Coroutine<string>, times: number) {
  let delay = 1;
  for (let left = times; left > 0; left--) {
    try {
      return yield* work();
    } catch (error) {
      print((error as Error).message, 'left', left - 1);
      yield* sleep(delay);
      delay *= 2;
    }
  }
});

const main = coroutine(function* () {
  print(yield* retry(flaky, 5), now());
  print(attempts);
});

await run(main());
