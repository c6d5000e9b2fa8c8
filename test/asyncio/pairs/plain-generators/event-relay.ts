// A relay of events, each runner waiting for the one before.
import { coroutine, createTask, Event, run, sleep } from 'cokernel';
import { now, print } from '../show.ts';

const runner = coroutine(function* (i: number, start: Event, finish: Event) {
  yield* start.wait();
  yield* sleep(1);
  print('runner', i, now());
  finish.set();
});

const main = coroutine(function* () {
  const posts = Array.from({ length: 4 }, () => new Event());
  const runners = [2, 1, 0].map((i) => createTask(runner(i, posts[i] as Event, posts[i + 1] as Event)));
  posts[0]?.set();
  yield* (posts[3] as Event).wait();
  print(
    runners.map((task) => task.done()),
    now(),
  );
});

await run(main());
