// Lesson "Queues and a pipeline": one stage of a pipeline.

import { coroutine, createTask, Queue, QueueShutDown, sleep, type Task, TimeoutError, waitFor } from 'cokernel';
import { call, shown } from './answer.ts';
import { check, Wrong } from './verdict.ts';

/** `doubler(inbox, outbox)` puts twice each number into the outbox, and shuts the outbox down after the last one. */
export const checkDoubler = check(
  'Each number is passed on as it comes, and the end is passed on too.',
  coroutine(function* (doubler: unknown) {
    const inbox = new Queue<number>();
    const outbox = new Queue<unknown>();
    const task = createTask(call('doubler', doubler, inbox, outbox));
    try {
      for (const number of [1, 2, 21]) {
        yield* inbox.put(number);
        yield* sleep(0.01);
        if (outbox.empty())
          throw new Wrong(`${number} went in, and nothing came out. Pass each one on as soon as it comes.`);
        const twice = outbox.getNowait();
        if (twice !== number * 2)
          throw new Wrong(`for ${number} the outbox should hold ${number * 2}. It held ${shown(twice)}.`);
      }
      inbox.shutdown();
      yield* waitFor(task, 1);
    } catch (error) {
      if (error instanceof TimeoutError)
        throw new Wrong('the inbox was shut down, but your loop keeps waiting. Use for await.');
      yield* explain(error, task, isOpen(inbox));
      throw error;
    } finally {
      task.cancel();
    }
    if (isOpen(outbox)) throw new Wrong('the outbox is still open: whoever reads it will wait for ever. Shut it down.');
  }),
);

/** If the stage failed with an error of its own, that says more than what is missing in the outbox. */
const explain = coroutine(function* (error: unknown, task: Task<unknown>, more: boolean) {
  try {
    if (error instanceof Wrong && task.done()) yield* task;
    else throw error;
  } catch (own) {
    if (!(own instanceof QueueShutDown)) throw own;
    if (more)
      throw new Wrong('the outbox was shut down while more numbers were still to come. Shut it down after the loop.');
    throw new Wrong('at the end get() throws a QueueShutDown, and nobody caught it. for await ends by itself.');
  }
});

function isOpen(queue: Queue<unknown>): boolean {
  try {
    queue.putNowait(0);
    return true;
  } catch {
    return false;
  }
}
