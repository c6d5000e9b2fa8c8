// The calls that do not wait raise where they would have to.
import { coroutine, Queue, run } from 'cokernel';
import { print, repr } from '../show.ts';

const main = coroutine(async () => {
  const queue = new Queue<number>(1);
  try {
    queue.getNowait();
  } catch (error) {
    print(repr(error));
  }
  queue.putNowait(1);
  try {
    queue.putNowait(2);
  } catch (error) {
    print(repr(error));
  }
  queue.taskDone();
  try {
    queue.taskDone();
  } catch (error) {
    print(repr(error));
  }
});

await run(main());
