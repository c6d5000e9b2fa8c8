// One cell: its body becomes a task of the loop, and what it left behind becomes the outcome. Compiling is done before
// (the kernel process), telling what went out is done after (execute.ts).

import { types } from 'node:util';
import { Script } from 'node:vm';
import * as compiled from '../../asyncio/compiled.ts';
import { Coroutine } from '../../asyncio/engine/coroutine.ts';
import type { Loop } from '../../asyncio/engine/loop.ts';
import type { Task } from '../../asyncio/engine/task.ts';
import type { CompiledCell } from '../../events.ts';
import type { Guard } from '../interrupt/guard.ts';
import { type Interrupts, KeyboardInterrupt } from '../interrupt/interrupts.ts';
import { enterOwner, type Owner } from '../interrupt/owner.ts';
import type { Loader } from '../loader/loader.ts';
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
}

/** How a body ended. */
export type Evaluated = { readonly value: unknown } | { readonly error: unknown };

/** Runs a compiled cell as a task named after it; resolves when the task is done, never rejects. */
export function evaluate(
  evaluation: Evaluation,
  { code }: CompiledCell,
  owner: Owner,
  watch: (task: Task<unknown>, done: () => void) => void,
): Promise<Evaluated> {
  const { loop, interrupts } = evaluation;
  const into: CellValue = { value: undefined };
  let body: Body;
  try {
    body = new Script(`(${code})`, { filename: owner.name }).runInThisContext() as Body;
  } catch (error) {
    return Promise.resolve({ error });
  }
  return new Promise((resolve) => {
    const generator = body(createEnvironment(evaluation, into), compiled);
    const coroutine = new Coroutine(generator, { name: owner.name, file: owner.name, line: 1 });
    const task = loop.createTask(coroutine, { name: owner.name, owner, group: null });
    interrupts.begin({ owner, task, interrupt: (error) => task.interrupt(error) });
    loop.hold();
    watch(task, () => {
      loop.release();
      evaluation.names.close();
      interrupts.ended();
      resolve(outcomeOf(task, into));
    });
  });
}

function outcomeOf(task: Task<unknown>, into: CellValue): Evaluated {
  try {
    task.result();
    return { value: into.value };
  } catch (error) {
    return { error };
  }
}

/** Runs what shows a person's value: their code, so guarded, owned and interruptible, also where it is asynchronous. */
export async function guarded<T>(evaluation: Evaluation, owner: Owner, call: () => T | Promise<T>): Promise<T> {
  const { interrupts } = evaluation;
  let stop: ((error: KeyboardInterrupt) => void) | undefined;
  interrupts.begin({
    owner,
    interrupt(error) {
      stop?.(error);
      return stop !== undefined;
    },
  });
  try {
    const value = enteredNow(evaluation, owner, call);
    if (!types.isPromise(value)) return value;
    return await new Promise<T>((resolve, reject) => {
      stop = reject;
      value.then(resolve, reject);
    });
  } finally {
    interrupts.ended();
  }
}

function enteredNow<T>({ guard, interrupts }: Evaluation, owner: Owner, call: () => T): T {
  let outcome: { readonly value: T } | { readonly error: unknown } | undefined;
  guard(() => {
    enterOwner(owner);
    try {
      outcome = { value: call() };
    } catch (error) {
      outcome = { error };
    }
  });
  if (outcome === undefined) {
    const error = new KeyboardInterrupt('while a value was being shown');
    interrupts.terminated(undefined, error);
    throw error;
  }
  if ('error' in outcome) throw outcome.error;
  return outcome.value;
}
