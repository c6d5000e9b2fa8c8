// Lesson "Who runs next?": give up one turn, so that another task begins first.

import { coroutine, createTask, sleep } from 'cokernel';
import { call } from './answer.ts';
import { check, Wrong } from './verdict.ts';

/** `letPass(log, other)` starts other, gives it one turn, and notes 'me' before it ends. */
export const checkLetPass = check(
  'One turn was enough.',
  coroutine(function* (letPass: unknown) {
    const log: string[] = [];
    const other = coroutine(function* other() {
      log.push('other begins');
      yield* sleep(3600);
      log.push('other ends');
    });
    let turns = 0;
    createTask(
      coroutine(function* counter() {
        // It must not count for ever: virtual time stands still while a task is ready.
        while (turns < 2 && !log.includes('me')) {
          turns += 1;
          yield* sleep(0);
        }
      })(),
    );
    yield* call('letPass', letPass, log, other);
    if (!log.includes('other begins'))
      throw new Wrong('other never began. A coroutine object runs only when you await it, or make it a task.');
    if (!log.includes('me')) throw new Wrong("'me' is not in the log.");
    if (log[0] === 'me') throw new Wrong("'me' came before other had begun. Give up one turn first: sleep(0).");
    if (log[1] !== 'me')
      throw new Wrong("'me' came after other had ended. Do not wait until it is done before you add 'me'.");
    if (turns > 1)
      throw new Wrong("'me' came after more than one turn. other needs only one to begin: await sleep(0) once.");
    if (!log.includes('other ends'))
      throw new Wrong('other did not come to its end. Await the task before you return.');
  }),
  { patience: 24 * 3600, clock: 'virtual' },
);
