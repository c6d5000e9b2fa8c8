// Five philosophers, five forks, and one who picks them up the other way round.
import { coroutine, gather, Lock, run, sleep } from 'cokernel';
import { now, print } from '../show.ts';

const philosopher = coroutine(function* (i: number, forks: Lock[]) {
  const [first, second] = i > 0 ? [i, (i + 1) % 5] : [1, 0];
  using _first = yield* (forks[first] as Lock).acquire();
  yield* sleep(0);
  using _second = yield* (forks[second] as Lock).acquire();
  print('eats', i, now());
  yield* sleep(1);
});

const main = coroutine(function* () {
  const forks = Array.from({ length: 5 }, () => new Lock());
  yield* gather(...forks.map((_, i) => philosopher(i, forks)));
  print('all have eaten', now());
});

await run(main());
