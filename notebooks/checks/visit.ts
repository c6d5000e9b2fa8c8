// Lesson "A race, and a lock": no visit is lost.

import { coroutine, Lock, RuntimeError, sleep, taskGroup } from 'cokernel';
import { call, shown } from './answer.ts';
import { check, Wrong } from './verdict.ts';

/** `visit(page, lock)` notes each visit and counts it, also where several people visit at once. */
export const checkVisit = check(
  'Three visits at once, and all three were counted.',
  coroutine(function* (visit: unknown) {
    const lock = new Lock({ name: 'page' });
    let notes = 0;
    const note = coroutine(function* note() {
      notes += 1;
      yield* sleep(0.05);
    });
    const page = { visits: 10, note };
    const visits = [1, 2, 3].map(() => call('visit', visit, page, lock));
    // biome-ignore lint/correctness/useYield: the group awaits its tasks
    yield* taskGroup(function* (group) {
      for (const one of visits) group.createTask(one);
    });
    if (notes !== 3) throw new Wrong(`three people visited, so there should be 3 notes. There were ${notes}.`);
    if (page.visits !== 13)
      throw new Wrong(
        `10 visits and 3 more are 13. The page says ${shown(page.visits)}: between reading the number and storing it, others had their turns.`,
      );
    if (lock.locked()) throw new Wrong('the lock is still held. Write using held = await lock.acquire().');
    yield* fails(call('visit', visit, { visits: 0, note: broken }, lock));
    if (lock.locked())
      throw new Wrong('when page.note() throws, the lock stays held. using gives it back in that case too.');
  }),
);

const broken = coroutine(function* note() {
  yield* sleep(0);
  throw new RuntimeError('no paper');
});

const fails = coroutine(function* (visiting: ReturnType<typeof call>) {
  try {
    yield* visiting;
  } catch (error) {
    if (!(error instanceof RuntimeError)) throw error;
  }
});
