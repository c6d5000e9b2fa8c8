// Lesson "Looking inside": where a task stands.

import { coroutine, createTask, isCoroutine, sleep, type Task } from 'cokernel';
import { shown } from './answer.ts';
import { check, Wrong } from './verdict.ts';

const kettle = coroutine(function* boil() {
  yield* sleep(60);
});
const waiter = coroutine(function* serve() {
  yield* kettle();
});

/** `place(task)` says where a task stands: `boil, line 5`, the innermost coroutine and its line; `done` if it is done. */
export const checkPlace = check(
  'You found the innermost coroutine, and the end of a task.',
  coroutine(function* (place: unknown) {
    if (typeof place !== 'function') throw new Wrong(`place should be a function. It is ${shown(place)}.`);
    const task = createTask(waiter(), { name: 'guest' });
    const gone = createTask(sleep(0));
    yield* gone;
    yield* sleep(0);
    try {
      const [outer, inner] = task.getStack().map(({ name, line }) => `${name}, line ${line}`);
      const said = placeFrom(place, task);
      if (said === outer) throw new Wrong('serve is the outermost coroutine. The innermost one is the last.');
      if (said !== inner) throw new Wrong(`it should return ${shown(inner)}. It returned ${shown(said)}.`);
      const end = placeFrom(place, gone);
      if (end !== 'done')
        throw new Wrong(`for a task that is done it should return 'done'. It returned ${shown(end)}.`);
    } finally {
      task.cancel();
    }
  }),
);

function placeFrom(place: unknown, task: Task<unknown>): unknown {
  const said: unknown = (place as (task: Task<unknown>) => unknown)(task);
  if (isCoroutine(said)) {
    said.close();
    throw new Wrong('place should be a plain function: no coroutine(…) around it.');
  }
  return said;
}
