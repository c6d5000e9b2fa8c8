// Waiting for several: gather, wait, waitFor, asCompleted, shield.
import {
  asCompleted,
  CancelledError,
  coroutine,
  createTask,
  gather,
  shield,
  sleep,
  TimeoutError,
  wait,
  waitFor,
} from 'cokernel';
import { pending, start } from 'cokernel/compiled';
import { PLANNED, type Stage } from './stage.ts';

/** `await value`, as the compiler writes it. */
function* compiledAwait<T>(value: T): Generator<never, T, unknown> {
  const outcome = start(1, value);
  return (outcome === pending ? yield outcome as never : outcome) as T;
}
const leaf = coroutine(function* (delay: number) {
  yield* sleep(delay);
  return delay;
});
const failing = coroutine(function* (delay: number) {
  yield* sleep(delay);
  throw new RangeError(PLANNED);
});
const never = coroutine(function* () {
  yield* sleep(1e6);
});
const now = ({ loop }: Stage): number => Math.round(loop.time() * 100) / 100;

export const waits: Readonly<Record<string, (stage: Stage) => void>> = {
  gather(stage) {
    const { play } = stage;
    const all = coroutine(function* () {
      return yield* gather(leaf(0.2), createTask(leaf(0.1)), sleep(0, 'x'));
    });
    play('all', all(), { value: [0.2, 0.1, 'x'], after: '*' });
    play(
      'failing',
      coroutine(function* () {
        try {
          yield* gather(leaf(0.2), failing(0.1));
        } catch (error) {
          if (error instanceof RangeError) return now(stage);
          throw error;
        }
      })(),
      { value: 0.1, after: '*' },
    );
    play(
      'collecting',
      coroutine(function* () {
        const results = yield* gather(leaf(0.2), failing(0.1), { returnExceptions: true });
        return results.map((one) => (one instanceof Error ? one.name : one));
      })(),
      { after: '*' },
    );
    const cancelled = play(
      'cancelled',
      coroutine(function* () {
        yield* gather(never(), never());
      })(),
      { value: 'cancelled', after: '*' },
    );
    const canceller = coroutine(function* (delay: number) {
      yield* sleep(delay);
      if (cancelled.cancelling() === 0) cancelled.cancel();
    });
    play('canceller', canceller(0.3));
    play('also', canceller(0.4));
  },

  eager(stage) {
    const { play } = stage;
    const makes = coroutine(function* () {
      const task = createTask(leaf(0.1), { eagerStart: true });
      const atOnce = createTask(sleep(0, 'x'), { eagerStart: true });
      return [yield* task, yield* atOnce];
    });
    play('first', makes(), { value: [0.1, 'x'], after: '*' });
    play('second', makes(), { value: [0.1, 'x'], after: '*' });
  },

  plain(stage) {
    const { play } = stage;
    const both = coroutine(function* () {
      const one = yield* compiledAwait(1);
      yield* sleep(0);
      return [one, yield* compiledAwait(2)];
    });
    play('first', both(), { value: [1, 2] });
    play('second', both(), { value: [1, 2] });
  },

  wait(stage) {
    const { play } = stage;
    const tasks = (...delays: readonly number[]) => delays.map((delay) => createTask(leaf(delay)));
    play(
      'all',
      coroutine(function* () {
        const { done, pending } = yield* wait(tasks(0.1, 0.2));
        return [done.size, pending.size, now(stage)];
      })(),
      { value: [2, 0, 0.2], or: [2, 0, 0.1] },
    );
    play(
      'first',
      coroutine(function* () {
        const { done } = yield* wait(tasks(0.1, 5), { returnWhen: 'FIRST_COMPLETED' });
        return done.size > 0 && now(stage) <= 5;
      })(),
      { value: true },
    );
    play(
      'failure',
      coroutine(function* () {
        const failed = createTask(failing(0.1));
        yield* wait([failed, createTask(leaf(5))], { returnWhen: 'FIRST_EXCEPTION' });
        return failed.done() ? failed.exception() !== null : 'not yet';
      })(),
      { value: true, or: 'not yet', after: '*' },
    );
    play(
      'limited',
      coroutine(function* () {
        const forever = createTask(never());
        yield* wait([forever], { timeout: 0.3 });
        const ended = now(stage);
        forever.cancel();
        return ended <= 0.3;
      })(),
      { value: true },
    );
  },

  waitFor(stage) {
    const { play } = stage;
    play(
      'in time',
      coroutine(function* () {
        return yield* waitFor(leaf(0.1), 1);
      })(),
      { value: 0.1, after: '*' },
    );
    play(
      'late',
      coroutine(function* () {
        try {
          yield* waitFor(never(), 0.2);
        } catch (error) {
          if (error instanceof TimeoutError) return now(stage);
          throw error;
        }
      })(),
      { value: 0.2, after: '*' },
    );
    play(
      'swallowing',
      coroutine(function* () {
        const slow = coroutine(function* () {
          try {
            yield* never();
          } catch {
            yield* sleep(0.1);
          }
          return 'swallowed';
        });
        return yield* waitFor(slow(), 0.2);
      })(),
      { value: 'swallowed', after: '*' },
    );
  },

  asCompleted(stage) {
    const { play } = stage;
    play(
      'each',
      coroutine(function* () {
        const got: unknown[] = [];
        for (const next of asCompleted([leaf(0.3), leaf(0.1), leaf(0.2)])) {
          try {
            got.push(yield* next);
          } catch {
            got.push('killed');
          }
        }
        return got.length;
      })(),
      { value: 3, after: '*' },
    );
    play(
      'limited',
      coroutine(function* () {
        const got: unknown[] = [];
        for (const next of asCompleted([leaf(0.1), never(), never()], { timeout: 0.2 })) {
          try {
            got.push(yield* next);
          } catch (error) {
            got.push((error as Error).name);
          }
        }
        return [got.length, now(stage)];
      })(),
      { value: [3, 0.2], after: '*', options: {} },
    );
    // What is not awaited to its end would be left over.
    const end = coroutine(function* (delay: number) {
      yield* sleep(delay);
      for (const task of stage.loop.tasks()) if (!task.getName().startsWith('end')) task.cancel();
    });
    play('end', end(1));
    play('end again', end(2));
  },

  shield(stage) {
    const { play } = stage;
    play(
      'plain',
      coroutine(function* () {
        return yield* shield(createTask(leaf(0.1)));
      })(),
      { value: 0.1, after: '*' },
    );
    const shielded = play('shielded', leaf(0.5), { value: 0.5 });
    const outer = play(
      'outer',
      coroutine(function* () {
        yield* shield(shielded);
      })(),
      { value: 'cancelled', after: 'shielded' },
    );
    const canceller = coroutine(function* (delay: number) {
      yield* sleep(delay);
      if (outer.cancelling() === 0) outer.cancel();
    });
    play('canceller', canceller(0.1));
    play('also', canceller(0.2));
    play(
      'error',
      coroutine(function* () {
        try {
          yield* shield(createTask(failing(0.1)));
        } catch (error) {
          if (error instanceof CancelledError) return 'cancelled';
          return (error as Error).name === 'KeyboardInterrupt' ? 'RangeError' : (error as Error).name;
        }
      })(),
      { value: 'RangeError' },
    );
  },
};
