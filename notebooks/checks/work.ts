// Lesson "Cancellation": tidying up, whatever happens.

import { CancelledError, type Coroutine, coroutine, createTask, sleep } from 'cokernel';
import { call, shown } from './answer.ts';
import { check, Wrong } from './verdict.ts';

/** `work(log)` sleeps, notes 'done', and at the end, cancelled or not, notes 'tidy'. */
export const checkWork = check(
  'It tidies up at the end, and does not swallow a cancellation.',
  coroutine(function* (work: unknown) {
    const whole: string[] = [];
    yield* call('work', work, whole);
    if (whole.join() !== 'done,tidy') {
      throw new Wrong(
        `left alone, it should add 'done', then 'tidy'. It added ${shown(whole)}.${whole.join() === 'done' ? ' A catch block runs only after an error; a finally block runs either way.' : ''}`,
      );
    }
    const cut: string[] = [];
    const ending = yield* cancelled(call('work', work, cut));
    if (cut.includes('done')) throw new Wrong(`it was cancelled, and added 'done' all the same: ${shown(cut)}.`);
    if (!cut.includes('tidy'))
      throw new Wrong(`cancelled, it added ${shown(cut)}: 'tidy' is missing. Put it in a finally.`);
    if (cut.length > 1) throw new Wrong(`cancelled, it should add 'tidy' once. It added ${shown(cut)}.`);
    if (ending === 'went on') {
      throw new Wrong('it swallowed the CancelledError. A finally lets it pass; a catch must throw it again.');
    }
  }),
);

const cancelled = coroutine(function* (made: Coroutine<unknown>) {
  const task = createTask(made);
  yield* sleep(0.02);
  task.cancel();
  try {
    yield* task;
  } catch (error) {
    if (error instanceof CancelledError) return 'stopped';
    throw error;
  }
  return 'went on';
});
