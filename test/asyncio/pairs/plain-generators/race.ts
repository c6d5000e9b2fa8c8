// The first answer wins, and the others are cancelled.
import { type Coroutine, coroutine, createTask, run, sleep, wait } from 'cokernel';
import { now, print } from '../show.ts';

const mirror = coroutine(function* (name: string, seconds: number) {
  try {
    yield* sleep(seconds);
    return name;
  } finally {
    print(name, 'ends', now());
  }
});

const race = coroutine(function* (...contestants: Coroutine<string>[]) {
  const tasks = contestants.map((c) => createTask(c));
  const [done, pending] = yield* wait(tasks, { returnWhen: 'FIRST_COMPLETED' });
  for (const task of pending) task.cancel();
  yield* wait(pending);
  return [...done][0]?.result();
});

const main = coroutine(function* () {
  print(yield* race(mirror('a', 3), mirror('b', 1), mirror('c', 2)), now());
});

await run(main());
