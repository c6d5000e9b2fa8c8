// One cell's body: it becomes a task of the loop, and what it left behind becomes the outcome. The kernel process has
// compiled it before; execute.ts sends the outcome after.

import { types } from '#host/inspection';
import { runScript } from '#host/script';
import * as compiled from '../../asyncio/compiled.ts';
import { Coroutine } from '../../asyncio/engine/coroutine.ts';
import type { Loop } from '../../asyncio/engine/loop.ts';
import type { Task } from '../../asyncio/engine/task.ts';
import type { CompiledCell } from '../../events.ts';
import { TOO_DEEP } from '../../parser.ts';
import type { Guard } from '../interrupt/guard.ts';
import { type Executing, type Interrupts, KeyboardInterrupt } from '../interrupt/interrupts.ts';
import { enterOwner, type Owner } from '../interrupt/owner.ts';
import type { Loader } from '../loader/loader.ts';
import { type CellSteps, waitFor } from './cell-steps.ts';
import { type CellValue, createEnvironment } from './environment.ts';
import type { Names } from './notebook-names.ts';
import type { Texts } from './texts.ts';

type Body = (cell: object, co: object) => Generator<unknown, unknown, unknown>;

/** What evaluation needs of the process. */
export interface Evaluation {
  readonly loop: Loop;
  readonly guard: Guard;
  readonly names: Names;
  readonly texts: Texts;
  readonly loader: Loader;
  readonly interrupts: Interrupts;
  /** Called when the task of the executing cell is known; `done` when it is done. */
  readonly watch: (task: Task<unknown>, done: () => void) => void;
  /** Calls back after the ticks and microtasks that wait now. */
  readonly afterTicks: (resume: () => void) => void;
}

/** How a body ended. */
export type Evaluated = { readonly value: unknown } | { readonly error: unknown };

/** The body of a compiled cell, of which nothing runs yet. @throws what V8's own parser does */
export function bodyOf(code: string, name: string): Body {
  try {
    return runScript(`(${code})`, name) as Body;
  } catch (error) {
    // It is less deep than ours.
    throw error instanceof RangeError ? new SyntaxError(TOO_DEEP) : error;
  }
}

/** Runs a compiled cell as a task named after it. */
export function* evaluate(
  evaluation: Evaluation,
  { code, declares }: CompiledCell,
  owner: Owner,
): CellSteps<Evaluated> {
  const into: CellValue = { value: undefined };
  let body: Body;
  try {
    body = bodyOf(code, owner.name);
  } catch (error) {
    return { error };
  }
  const names = evaluation.names.begin();
  const environment = createEnvironment(evaluation, names, into);
  const { outcome } = yield* runAsTask(evaluation, owner, body(environment, compiled));
  if ('error' in outcome) {
    names.close({ name: owner.name, declares });
    return outcome;
  }
  names.close();
  // The cell did not deal with its interrupt: a promise that nobody awaits took it.
  const error = evaluation.interrupts.uncaught();
  return error ? { error } : { value: into.value };
}

/** Runs a generator as the task of the executing cell. */
function* runAsTask(
  { loop, interrupts, watch, afterTicks }: Evaluation,
  owner: Owner,
  generator: Generator<unknown, unknown, unknown>,
): CellSteps<{ readonly outcome: Evaluated; readonly interrupted: boolean }> {
  const coroutine = new Coroutine(generator, { name: owner.name, file: owner.name, line: 1 });
  const task = loop.makeTask(coroutine, { name: owner.name, owner, group: null });
  loop.hold();
  const cell: Executing = {
    owner,
    task,
    isRunning: () => loop.current === task,
    isHeldUp: () => loop.hopping !== null,
    interrupt: (error) => void task.interrupt(error),
    kill: (error) => task.kill(error),
  };
  yield* waitFor<void>((resume) => {
    watch(task, resume);
    interrupts.begin(cell);
  });
  // What the cell left to ticks and microtasks belongs to it: what they print comes before the answer, and a promise that
  // nobody awaits may have taken its interrupt.
  yield* waitFor<void>(afterTicks);
  loop.release();
  const interrupted = interrupts.interrupted();
  interrupts.ended();
  return { outcome: outcomeOf(task), interrupted };
}

/** What a task that is done left behind. */
export function outcomeOf(task: Task<unknown>): Evaluated {
  try {
    return { value: task.result() };
  } catch (error) {
    return { error };
  }
}

/**
 * Runs what shows a person's value: that may run their code, so it is guarded, owned and interruptible, even if it is
 * asynchronous. An interrupt that came meanwhile is the outcome, whatever user code made of it.
 */
export function* guarded<T>(
  evaluation: Evaluation,
  owner: Owner,
  call: () => T | Promise<T>,
): CellSteps<{ readonly value: T } | { readonly error: unknown }> {
  const { interrupts } = evaluation;
  interrupts.begin({ owner, isRunning: () => true, isHeldUp: () => false, interrupt() {}, kill() {} });
  // An interrupt may have come before.
  let outcome: Evaluated = interrupts.interrupted() ? { error: shownError() } : enteredNow(evaluation, owner, call);
  let interrupted = interrupts.interrupted();
  interrupts.ended();
  if (!interrupted && 'value' in outcome && types.isPromise(outcome.value))
    ({ outcome, interrupted } = yield* runAsTask(evaluation, owner, awaiting(outcome.value)));
  if (interrupted && !('error' in outcome && outcome.error instanceof KeyboardInterrupt))
    return { error: shownError() };
  return outcome as { readonly value: T } | { readonly error: unknown };
}

/** As compiled code awaits: in a task, so that an interrupt reaches it and a termination loses nothing. */
function* awaiting(promise: Promise<unknown>): Generator<unknown, unknown, unknown> {
  const value = compiled.start(1, promise);
  return value === compiled.pending ? yield value : value;
}

const shownError = () => new KeyboardInterrupt('while a value was being shown');

function enteredNow({ guard, interrupts }: Evaluation, owner: Owner, call: () => unknown): Evaluated {
  let outcome: Evaluated | undefined;
  guard.enter(() => {
    enterOwner(owner);
    try {
      outcome = { value: call() };
    } catch (error) {
      outcome = { error };
    }
  });
  if (guard.wasTerminated()) interrupts.afterTermination(undefined, shownError());
  return outcome ?? { error: shownError() };
}
