// predict: runs a coroutine in virtual time, takes the lines that it prints, and sets them beside the lines that somebody
// predicted. Which rule decided a line is in runtime/quiz/decide.ts; how it looks is in prediction-page.ts.

import { awaiting } from '../../asyncio/awaiting.ts';
import type { Coroutine } from '../../asyncio/engine/coroutine.ts';
import { coroutineExpected, getRunningLoop } from '../../asyncio/engine/create-task.ts';
import { internal, internalCode } from '../../asyncio/engine/internal.ts';
import { isCoroutine } from '../../asyncio/engine/predicates.ts';
import type { Task } from '../../asyncio/engine/task.ts';
import { run } from '../../asyncio/run.ts';
import { record } from '../record/record.ts';
import { remindOfAwait } from '../trace/remind-of-await.ts';
import { isOwn } from '../trace/trace.ts';
import { Traced } from '../trace/traced.ts';
import { Prediction } from './prediction.ts';
import { printedLines } from './printed-line.ts';

const CODE = internalCode('predict');

/**
 * Runs `main` in virtual time and compares the lines that it prints with a prediction: an array of lines, or one text
 * with a line in each row. Shows both, the rule that decided the first difference, and the player, opened there.
 * @throws TypeError for a prediction that is neither; ValueError for anything but a coroutine
 * @example
 * await predict(['main', 'task'], main())
 */
export function predict<T>(lines: readonly string[] | string, main: Coroutine<T>): Coroutine<Prediction<T>> {
  const expected =
    "predict: the lines were expected first, then the coroutine: predict(['first line', 'second line'], main())";
  if (typeof lines !== 'string' && !Array.isArray(lines)) throw new TypeError(expected);
  if (!isCoroutine(main)) {
    const name = typeof main === 'function' ? (main as { readonly name: string }).name || 'main' : 'main';
    throw coroutineExpected(main, `Did you forget to call it: predict([…], ${name}())?`);
  }
  const guess = typeof lines === 'string' ? rowsOf(lines) : lines.map((line) => String(line).trim());
  return remindOfAwait(internal(predicting(guess, main as Coroutine<T>), CODE), `predict([…], ${main.name}())`);
}

/** The rows of a text, without empty ones at its ends and without indentation. */
function rowsOf(text: string): readonly string[] {
  return text.trim() === ''
    ? []
    : text
        .trim()
        .split('\n')
        .map((row) => row.trim());
}

function* predicting<T>(guess: readonly string[], main: Coroutine<T>): Generator<unknown, Prediction<T>, unknown> {
  let stop = (): void => {};
  const whole = internal(
    listening(guess, main, (task) => {
      stop = () => void task.cancel();
    }),
    CODE,
  );
  try {
    return (yield* awaiting(run(whole, { clock: 'virtual' }))) as Prediction<T>;
  } finally {
    // Where the cell was stopped, what runs in virtual time must not go on by itself.
    stop();
  }
}

function* listening<T>(
  guess: readonly string[],
  main: Coroutine<T>,
  begun: (task: Task<T>) => void,
): Generator<unknown, Prediction<T>, unknown> {
  const loop = getRunningLoop();
  const task = loop.createTask(main, { name: main.name });
  begun(task);
  const printed = printedLines(loop);
  const recorder = record(loop, { root: task, onPrint: printed.onPrint });
  try {
    yield* task;
  } catch (error) {
    if (!isOwn(task, error)) throw error;
  } finally {
    printed.stop();
    recorder.stop();
  }
  return new Prediction(guess, printed.lines, new Traced(recorder.recording(), task), task.id);
}
