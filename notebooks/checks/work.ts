// Notebook 09: tidying up, whatever happens.

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
        `left alone, it should note 'done', then 'tidy'. It noted ${shown(whole)}.${whole.join() === 'done' ? ' A catch runs only after an error, a finally always.' : ''}`,
      );
    }
    const cut: string[] = [];
    const ending = yield* cancelled(call('work', work, cut));
    if (cut.includes('done')) throw new Wrong(`it was cancelled, and noted 'done' all the same: ${shown(cut)}.`);
    if (!cut.includes('tidy'))
      throw new Wrong(`cancelled, it noted ${shown(cut)}: 'tidy' is missing. Put it in a finally.`);
    if (cut.length > 1) throw new Wrong(`cancelled, it should note 'tidy' once. It noted ${shown(cut)}.`);
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
