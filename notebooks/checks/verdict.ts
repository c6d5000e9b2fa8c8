// What every check prints and returns, and when it throws: only for a grader. Each check decides for itself what is right
// or wrong.

import { inspect } from 'node:util';
import {
  awaiting,
  CancelledError,
  type Coroutine,
  type CoroutineFunction,
  coroutine,
  currentTask,
  ExceptionGroup,
  run,
  timeout,
} from 'cokernel';

/** If a virtual clock stands still, the check gives up after so many real seconds. */
const STANDS_STILL = 10;

/** What a check found. */
export interface Outcome {
  readonly right: boolean;
  /** What it printed: "Right. …" or "Not yet: …". */
  readonly says: string;
}

/** A check: awaited, it prints what it found. */
export type Check<Args extends unknown[]> = CoroutineFunction<Args, void> & {
  /** Prints the same, and returns it. */
  readonly outcome: CoroutineFunction<Args, Outcome>;
};

/** An answer that is not right, where COKERNEL_GRADE=1 asks for an error: graders count a cell as failed by its error. */
export class NotYet extends Error {
  override readonly name = 'NotYet';
}

/** What is wrong with an answer, in words for the learner. */
export class Wrong extends Error {}

/** How a check runs. */
export interface CheckOptions {
  /** How many seconds the whole check may take; default 5. */
  readonly patience?: number;
  /** 'virtual': sleeps take no time, even if the notebook's clock is real. */
  readonly clock?: 'virtual';
}

/**
 * A check that prints "Right." and the praise, or "Not yet:" and what `find` or the answer itself threw. With
 * COKERNEL_GRADE=1 in the environment, a wrong answer throws besides. Its value is undefined, so that a cell shows no more
 * than what is printed; `outcome` returns what was found.
 */
export function check<Args extends unknown[]>(
  praise: string,
  find: (...args: Args) => Coroutine<void>,
  { patience = 5, clock }: CheckOptions = {},
): Check<Args> {
  const outcome = coroutine(function* (...args: Args) {
    let late = () => false;
    try {
      const found = timeout(patience, function* (scope) {
        late = () => scope.expired();
        yield* find(...args);
      });
      yield* clock === undefined ? found : inRealTime(run(found, { clock }));
      return told(true, `Right. ${praise}`);
    } catch (error) {
      // The learner pressed stop: there is no answer to judge.
      if (error instanceof CancelledError && (currentTask()?.cancelling() ?? 0) > 0) throw error;
      if ((error as Error | null)?.name === 'KeyboardInterrupt') throw error;
      return told(false, `Not yet: ${late() ? tooLong(patience) : reason(error)}`);
    }
  });
  const printed = coroutine(function* (...args: Args) {
    const { right, says } = yield* outcome(...args);
    if (!right && process.env.COKERNEL_GRADE === '1') throw new NotYet(says.replace('Not yet: ', ''));
  });
  return Object.assign(printed, { outcome });
}

function told(right: boolean, says: string): Outcome {
  console.log(says);
  return { right, says };
}

/** Awaits what runs on a virtual clock. A timer of JavaScript's own cancels it if the clock stands still. */
const inRealTime = coroutine(function* (running: Promise<void>) {
  const task = currentTask();
  let stands = false;
  const timer = setTimeout(() => {
    stands = true;
    task?.cancel();
  }, STANDS_STILL * 1000);
  try {
    yield* awaiting(running);
  } catch (error) {
    if (!stands) throw error;
    task?.uncancel();
    throw new Wrong(
      `nothing happened for ${STANDS_STILL} seconds. Use sleep inside coroutine(async …): a plain async function has another clock.`,
    );
  } finally {
    clearTimeout(timer);
  }
});

function tooLong(seconds: number): string {
  const time = seconds < 3600 ? `${seconds} seconds` : `${seconds / 3600} hours`;
  return `after ${time} it is still not done. Does it wait too long, or for something that never comes? sleep counts seconds.`;
}

function reason(error: unknown): string {
  if (error instanceof Wrong) return error.message.replace(/ It returned undefined\.$/, '$& Is a return missing?');
  if (!(error instanceof Error)) return `it threw ${typeof error === 'string' ? error : inspect(error)}.`;
  const inner = error instanceof ExceptionGroup ? error.errors.map((one) => `\n- ${said(one)}`) : [];
  return [`it threw ${said(error)}`, ...inner, ...hints(error).map((hint) => `\n${hint}`)].join('');
}

function said(error: unknown): string {
  if (!(error instanceof Error)) return inspect(error);
  return error.message === '' ? error.name : `${error.name}: ${error.message}`;
}

/** The kernel puts its own remedies into an error's `notes`; these are for messages that have none. */
const REMEDIES: readonly (readonly [message: RegExp, remedy: string])[] = [
  [/cannot reuse already awaited/, 'One coroutine object was awaited twice. Call the function again for a second one.'],
  [
    /awaitable is required/,
    'Coroutine objects were expected. Did you forget to call a function, or the three dots before an array?',
  ],
  [/^TypeError: a coroutine was expected, got <function/m, 'A function was given, not an object. Call it, with ().'],
  [/can't be used in 'await'/, 'That cannot be awaited. Did you forget to call the function?'],
  [/Symbol value to a string/, 'Is an await missing? What gather gives has to be awaited.'],
  [/is not iterable/, 'Read a queue with for await. And await what gather gives first.'],
  [/Result is not set/, 'A task was asked for its result before it was done. In a group: ask after the block.'],
];

function hints(error: Error): readonly string[] {
  const messages = [error, ...(error instanceof ExceptionGroup ? error.errors : [])].map(said).join('\n');
  return REMEDIES.flatMap(([message, remedy]) => (message.test(messages) ? remedy : []));
}
