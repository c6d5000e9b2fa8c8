// Releasing a lock that nobody holds is an error.
import { BoundedSemaphore, Condition, coroutine, Lock, run, Semaphore } from 'cokernel';
import { print, repr } from '../show.ts';

const main = coroutine(async () => {
  const lock = new Lock();
  try {
    lock.release();
  } catch (error) {
    print(repr(error));
  }
  const bounded = new BoundedSemaphore(1);
  try {
    bounded.release();
  } catch (error) {
    print(repr(error));
  }
  const condition = new Condition();
  for (const wrong of [() => condition.notify(), () => condition.notifyAll()]) {
    try {
      wrong();
    } catch (error) {
      print(repr(error));
    }
  }
  try {
    await condition.wait();
  } catch (error) {
    print(repr(error));
  }
  try {
    new Semaphore(-1);
  } catch (error) {
    print(repr(error));
  }
});

await run(main());
