// Small programs; the tests of pictures draw their traces.

import type { Coroutine } from '../../runtime/asyncio/index.ts';
import { coroutine, createTask, gather, Lock, sleep } from '../../runtime/asyncio/index.ts';

const worker = coroutine(function* (at: number) {
  for (let turn = 0; turn < 3; turn++) yield* sleep(0.1 + ((at * 7 + turn * 3) % 10) / 20);
});

/** `count` workers at once, each with three sleeps. */
export const workers: (count: number) => Coroutine<void> = coroutine(function* (count: number) {
  yield* gather(...Array.from({ length: count }, (_, at) => createTask(worker(at), { name: `worker-${at}` })));
});

/** A failure, a cancellation and a lock, under names with markup in them. */
export const mixed: () => Coroutine<void> = coroutine(function* mixed() {
  const lock = new Lock({ name: 'a<b>&"c"' });
  const user = coroutine(function* user(fails: boolean) {
    yield* lock.acquire();
    yield* sleep(0.5);
    lock.release();
    if (fails) throw new Error('<script>alert(1)</script> & more');
  });
  const forever = createTask(sleep(60), { name: '</text><script>' });
  const users = [createTask(user(false), { name: 'one' }), createTask(user(true), { name: 'two' })];
  yield* gather(...users, { returnExceptions: true });
  forever.cancel('enough');
  yield* sleep(0.1);
});

/** Two tasks, each holding the lock that the other wants, until a third cancels both. */
export const deadlock: () => Coroutine<void> = coroutine(function* deadlock() {
  const [left, right] = [new Lock({ name: 'left' }), new Lock({ name: 'right' })];
  const eater = coroutine(function* eater(first: Lock, second: Lock) {
    yield* first.acquire();
    yield* sleep(0.1);
    yield* second.acquire();
  });
  const eaters = [createTask(eater(left, right), { name: 'Ada' }), createTask(eater(right, left), { name: 'Bob' })];
  yield* sleep(1);
  for (const one of eaters) one.cancel();
});
