// toThread: runs a function in a thread of its own, for work that would keep the loop from going on.

import { cores, Thread } from '#host/worker-thread';
import type { Coroutine } from './engine/coroutine.ts';
import { getRunningLoop } from './engine/create-task.ts';
import { addNote } from './engine/errors.ts';
import { internal, internalCode, markLibrary } from './engine/internal.ts';
import type { Loop } from './engine/loop.ts';
import { outside } from './engine/outside.ts';
import { ForeignFuture } from './engine/promise.ts';
import { repr } from './engine/repr.ts';
import { holdOpen } from './hold-open.ts';
import { Semaphore } from './semaphore.ts';

const TO_THREAD = internalCode('to_thread');

/**
 * What runs in the thread: plain JavaScript, because it is shipped as text. A notebook's compiled functions check an
 * interrupt flag in their loops; in a thread nothing raises it, because the thread itself is stopped. The names that they
 * check carry a number if their cell's text uses the plain name.
 */
const PROGRAM = `
const hooks = { stopped: 0, checkInterrupt() {}, resumed() {} };
globalThis.__cokernel_stop = 0;
receive(async ({ source, args }) => {
  let answer;
  try {
    for (const [, number] of source.matchAll(/__(?:cell|ck)(\\d*)/g)) {
      Object.assign(globalThis, { ['__cell' + number]: hooks, ['__ck' + number + 'r']: (value) => value });
    }
    const call = (0, eval)(source);
    answer = { value: await call(...args) };
  } catch (error) {
    const it = error instanceof Error ? error : new Error(String(error));
    answer = { error: { name: it.name, message: it.message, stack: it.stack } };
  }
  try {
    send(answer);
  } catch (error) {
    send({ error: { name: 'TypeError', message: 'the result cannot be sent between threads: ' + error.message } });
  }
});`;

type Answer =
  | { readonly value: unknown }
  | { readonly error: { readonly name: string; readonly message: string; readonly stack?: string } };

const idle: Thread<Answer>[] = [];
/** As many threads at once as Python's default executor has. */
const limits = new WeakMap<Loop, Semaphore>();

function limit(loop: Loop): Semaphore {
  let found = limits.get(loop);
  if (found === undefined) {
    found = new Semaphore(Math.min(32, cores + 4), { name: 'thread' });
    limits.set(loop, found);
  }
  return found;
}

/**
 * Calls `work(...args)` in a worker thread and gives its result (Python: `asyncio.to_thread`). The function is shipped
 * as its source text, so it sees nothing around it but its arguments, which are structured-cloned, and its result
 * likewise; `require` is there. Where the await is cancelled the thread is stopped.
 */
export function toThread<A extends unknown[], T>(work: (...args: A) => T, ...args: A): Coroutine<Awaited<T>> {
  return internal(threadBody<Awaited<T>>(sourceOf(work), args), TO_THREAD);
}

function* threadBody<T>(source: string, args: readonly unknown[]): Generator<unknown, T, unknown> {
  const loop = getRunningLoop();
  const room = limit(loop);
  yield* room.acquire();
  try {
    return yield* inThread<T>(loop, source, args);
  } finally {
    room.release();
  }
}

function* inThread<T>(loop: Loop, source: string, args: readonly unknown[]): Generator<unknown, T, unknown> {
  const thread = idle.pop() ?? newThread();
  const release = holdOpen(loop, () => thread.end());
  const answer = new ForeignFuture<Answer>(loop, 'thread');
  const listening = thread.listen(
    (message) => answer.done() || answer.setResult(message),
    (error) => answer.done() || answer.setException(error instanceof Error ? error : new Error(String(error))),
  );
  let result: Answer;
  try {
    send(thread, { source, args });
    result = yield* answer;
  } catch (error) {
    // A thread that is still at work, or gone, cannot be used again.
    thread.end();
    throw error;
  } finally {
    release();
    listening();
  }
  idle.push(thread);
  if ('error' in result) throw revive(result.error, source);
  return result.value as T;
}

function newThread(): Thread<Answer> {
  const thread = new Thread<Answer>(PROGRAM, () => {
    const at = idle.indexOf(thread);
    if (at >= 0) idle.splice(at, 1);
  });
  return thread;
}

function send(thread: Thread<Answer>, message: { source: string; args: readonly unknown[] }): void {
  try {
    thread.send(message);
  } catch (error) {
    throw addNote(
      new TypeError(`an argument of toThread cannot be sent between threads: ${(error as Error).message}`),
      'Arguments and results are structured-cloned: plain data, no functions, coroutines or class instances.',
    );
  }
}

function sourceOf(work: unknown): string {
  if (typeof work !== 'function') throw new TypeError(`toThread expected a function, got ${repr(work)}`);
  const text = work.toString();
  if (text.includes('[native code]')) {
    throw addNote(
      new TypeError(`toThread cannot ship ${repr(work)}: its source is not JavaScript text (native or bound)`),
      'Wrap it: toThread((x) => Math.hypot(x, 1), 2).',
    );
  }
  for (const form of [`(${text})`, `({${text}})[${JSON.stringify(work.name)}]`]) {
    try {
      // Compiled, not called: a method's text is an expression only inside an object literal.
      new Function(`return ${form}`);
      return form;
    } catch {}
  }
  throw new TypeError(`toThread cannot ship ${repr(work)}: its text does not stand by itself`);
}

const KINDS: Readonly<Record<string, ErrorConstructor>> = {
  TypeError,
  RangeError,
  SyntaxError,
  ReferenceError,
  URIError,
};

function revive({ name, message, stack }: { name: string; message: string; stack?: string }, source: string): Error {
  const error = new (KINDS[name] ?? Error)(message);
  if (error.name !== name) Object.defineProperty(error, 'name', { value: name, configurable: true });
  if (stack !== undefined) error.stack = stack;
  const free = name === 'ReferenceError' ? /^(\S+) is not defined/.exec(message)?.[1] : undefined;
  if (free === undefined) return error;
  addNote(error, `The function closes over '${free}', which does not exist in the thread: ${source.slice(1, 60)}…`);
  return addNote(error, `Pass it as an argument: toThread((${free}) => …, ${free}).`);
}

outside.inThread = (loop: Loop, call, args) =>
  loop.createTask(toThread(call, ...(args as never[])), { name: 'executor' });

markLibrary(toThread);
