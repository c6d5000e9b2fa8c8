// Lesson "Looking at a running program": the names of the tasks that are not done.

import { coroutine, createTask, currentTask, isCoroutine, sleep } from 'cokernel';
import { same, shown } from './answer.ts';
import { check, Wrong } from './verdict.ts';

/** `unfinished()` returns the names of all other tasks that are not done, in alphabetical order. */
export const checkUnfinished = check(
  'Everybody who is not done, and in order.',
  coroutine(function* (unfinished: unknown) {
    if (typeof unfinished !== 'function')
      throw new Wrong(`unfinished should be a function. It is ${shown(unfinished)}.`);
    const before = namesFrom(unfinished);
    const names = ['washing', 'drying', 'ironing'];
    const tasks = names.map((name) => createTask(sleep(60), { name }));
    const done = createTask(sleep(0), { name: 'folding' });
    yield* done;
    const after = namesFrom(unfinished);
    for (const task of tasks) task.cancel();
    const own = currentTask()?.getName() ?? '';
    if (after.includes(own)) throw new Wrong('The task that is running now is in your list. Leave it out.');
    if (after.includes('folding')) throw new Wrong("'folding' is done. allTasks() has only those that are not.");
    const missing = names.filter((name) => !after.includes(name));
    if (missing.length > 0)
      throw new Wrong(`${shown(missing)} were not done, and they are missing. It returned ${shown(after)}.`);
    if (!same(after, [...after].sort()))
      throw new Wrong(`the names should be in alphabetical order. It returned ${shown(after)}.`);
    if (!same(after, [...before, ...names].sort()))
      throw new Wrong(`it should return ${shown([...before, ...names].sort())}. It returned ${shown(after)}.`);
  }),
);

function namesFrom(unfinished: unknown): readonly string[] {
  const names: unknown = (unfinished as () => unknown)();
  if (isCoroutine(names)) {
    names.close();
    throw new Wrong('unfinished should be a plain function: no coroutine(…) around it.');
  }
  if (!Array.isArray(names)) throw new Wrong(`it should return an array of names. It returned ${shown(names)}.`);
  const other = names.find((name) => typeof name !== 'string');
  if (other !== undefined)
    throw new Wrong(`it should return names, which are texts. One is ${shown(other)}: task.getName().`);
  return names;
}
