// A group under a time limit, whose children end in their own ways.
import { coroutine, run, sleep, type Timeout, taskGroup, timeout } from 'cokernel';
import { now, print, repr } from '../show.ts';

const child = coroutine(function* (name: string, seconds: number) {
  try {
    yield* sleep(seconds);
    print('finished', name, now());
  } catch (error) {
    print('cancelled', name, now());
    throw error;
  }
});

const main = coroutine(function* () {
  let scope!: Timeout;
  try {
    yield* timeout(2, function* (s) {
      scope = s;
      yield* taskGroup(function* (group) {
        for (const [name, seconds] of [
          ['a', 1],
          ['b', 3],
        ] as const)
          group.createTask(child(name, seconds));
        yield* sleep(0);
      });
    });
  } catch (error) {
    print(repr(error), scope.expired(), now());
  }
});

await run(main());
