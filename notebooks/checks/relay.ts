// Lesson "Event and Semaphore": waiting for a signal instead of asking for it.

import { coroutine, createTask, Event, sleep } from 'cokernel';
import { call, now } from './answer.ts';
import { check, Wrong } from './verdict.ts';

/** `relay(gun, done)` waits for the gun, sleeps for a second, and sets `done`. */
export const checkRelay = check(
  'It started at the very moment of the signal.',
  coroutine(function* (relay: unknown) {
    const [gun, done] = [new Event({ name: 'gun' }), new Event({ name: 'done' })];
    const task = createTask(call('relay', relay, gun, done));
    yield* sleep(3.33);
    if (done.isSet())
      throw new Wrong('done was set before the gun was fired. Wait for the gun first: await gun.wait().');
    if (task.done()) {
      yield* task;
      throw new Wrong('it ended before the gun was fired. Is an await missing before gun.wait()?');
    }
    gun.set();
    const began = now();
    yield* task;
    if (!done.isSet()) throw new Wrong('it ended, and done is not set. Call done.set() at the end.');
    const seconds = now() - began;
    if (seconds < 0.99) throw new Wrong('it set done immediately. Sleep for one second after the gun.');
    if (seconds > 1.001)
      throw new Wrong(
        `it set done ${seconds.toFixed(2)} seconds after the gun, which is late. Do not ask again and again: await gun.wait().`,
      );
  }),
  { patience: 3600, clock: 'virtual' },
);
