// predict: runs a coroutine in virtual time, takes the lines that it prints, and sets them beside the lines that somebody
// predicted. Which rule decided a line is in decide.ts; how it looks is in prediction-page.ts.

import { awaiting } from '../../asyncio/awaiting.ts';
import type { Coroutine } from '../../asyncio/engine/coroutine.ts';
import { coroutineExpected, getRunningLoop } from '../../asyncio/engine/create-task.ts';
import { internal, internalCode } from '../../asyncio/engine/internal.ts';
import type { Loop } from '../../asyncio/engine/loop.ts';
import { isCoroutine } from '../../asyncio/engine/predicates.ts';
import { running } from '../../asyncio/engine/running.ts';
import type { Task } from '../../asyncio/engine/task.ts';
import { run } from '../../asyncio/run.ts';
import { host } from '../record/picture-host.ts';
import { record } from '../record/record.ts';
import { remindOfAwait } from '../trace/remind-of-await.ts';
import { isOwn } from '../trace/trace.ts';
import { Traced } from '../trace/traced.ts';
import { Prediction } from './prediction.ts';
import type { Line } from './printed-line.ts';

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
  const recorder = record(loop, { root: task });
  const lines: Line[] = [];
  const silence = takeLines(loop, (text) => lines.push(lineOf(loop, text, recorder.recording().records.length)));
  try {
    yield* task;
  } catch (error) {
    if (!isOwn(task, error)) throw error;
  } finally {
    silence();
    recorder.stop();
  }
  return new Prediction(guess, lines, new Traced(recorder.recording(), task));
}

function lineOf(loop: Loop, text: string, moment: number): Line {
  const top = loop.current?.top ?? null;
  // Taken now, because a coroutine that has ended no longer knows who awaited it.
  let outermost = top;
  while (outermost !== null && outermost.caller !== null) outermost = outermost.caller;
  return { text, moment, task: loop.current?.id ?? 0, frame: top, outermost, at: top?.line ?? 0 };
}

/** Takes what the tasks of one loop print, instead of printing it, until the returned function is called. */
function takeLines(loop: Loop, take: (text: string) => void): () => void {
  const before = { log: console.log, info: console.info, debug: console.debug };
  const after = Object.entries(before).map(([name, print]) => [
    name,
    (...values: unknown[]): void => {
      if (running.loop !== loop) print(...values);
      else for (const text of host().lineOf(values).split('\n')) take(text.trimEnd());
    },
  ]);
  Object.assign(console, Object.fromEntries(after));
  return () => void Object.assign(console, before);
}
