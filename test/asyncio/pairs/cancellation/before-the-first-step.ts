// Cancelled before its first step, neither the body nor its finally ever runs.
import { coroutine, createTask, run } from 'cokernel';
import { print, repr } from '../show.ts';

const body = coroutine(async () => {
  try {
    print('never');
  } finally {
    print('never either');
  }
});

const main = coroutine(async () => {
  const task = createTask(body());
  print(task.cancel('too early'), task.cancelling(), task.cancelled());
  try {
    await task;
  } catch (error) {
    print(repr(error));
  }
  print(task.cancelled(), task.done(), task.cancel());
});

await run(main());
