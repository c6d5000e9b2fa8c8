// Sleeps, timers, callbacks and cancellations.
import {
  CancelledError,
  ContextVar,
  type Coroutine,
  copyContext,
  coroutine,
  createTask,
  sleep,
  type Task,
} from 'cokernel';
import { KeyboardInterrupt, type Stage } from './stage.ts';

const times = (loop: Stage['loop'], delays: readonly number[]) =>
  coroutine(function* () {
    for (const delay of delays) yield* sleep(delay);
    return Math.round(loop.time() * 10) / 10;
  })();

export const time: Readonly<Record<string, (stage: Stage) => void>> = {
  sleep({ loop, play }) {
    play('a', times(loop, [0.3, 0.3, 0]), { value: 0.6 });
    play('b', times(loop, [0.1, 0, 0.1, 0.1]), { value: 0.3 });
    play('c', times(loop, [0.5, 0.4]), { value: 0.9 });
    play('d', times(loop, [0, 0.2]), { value: 0.2 });
    play('e', times(loop, [0.1, 0.1]), { value: 0.2 });
    play('f', times(loop, [0.1]), { value: 0.1 });
  },

  timers({ loop, play, finally: check }) {
    const called: string[] = [];
    let interrupted = 0;
    loop.setExceptionHandler((_loop, { exception }) => {
      if (exception instanceof KeyboardInterrupt) interrupted++;
    });
    for (const [at, delay] of [0.3, 0.1, 0.2, 0.1, 0.4].entries()) {
      loop.callLater(delay, () => void called.push(`${at} ${Math.round(loop.time() * 10)}`));
    }
    loop.callSoon(() => void called.push('soon 0'));
    const never = loop.callLater(0.2, () => void called.push('never'));
    play(
      'canceller',
      coroutine(function* () {
        yield* sleep(0.15);
        never.cancel();
      })(),
    );
    check((victim) => {
      const right = ['soon 0', '1 1', '3 1', '2 2', '0 3', '4 4'];
      const left = called.filter((one) => one !== 'never');
      const lost = right.length - left.length;
      if (called.includes('never') && victim !== 'canceller') return 'a cancelled timer was called';
      if (lost > interrupted || left.some((one) => !right.includes(one))) return `called: ${called.join(', ')}`;
      return undefined;
    });
  },

  cancel({ play }) {
    const log: string[] = [];
    const sleeper = coroutine(function* () {
      try {
        yield* sleep(100);
      } catch (error) {
        log.push((error as Error).name);
        // A second CancelledError here would be one too many.
        yield* sleep(1);
        throw error;
      }
    });
    const outer = coroutine(function* (inner: Task<unknown>) {
      yield* inner;
    });
    const inner = play('inner', sleeper(), { value: 'cancelled' });
    const middle = play('middle', outer(inner), { value: 'cancelled', after: 'inner' });
    const top = play('top', outer(middle), { value: 'cancelled', after: 'inner middle' });
    const alone = play('alone', sleeper(), { value: 'cancelled', mayWait: () => true });
    play(
      'canceller',
      coroutine(function* () {
        yield* sleep(0.1);
        top.cancel('enough');
        yield* sleep(0.1);
        alone.cancel();
      })(),
    );
    // Whatever kills the canceller, somebody else cancels in the end.
    play(
      'second',
      coroutine(function* () {
        yield* sleep(50);
        for (const task of [top, middle, inner, alone]) if (task.cancelling() === 0 && !task.done()) task.cancel();
      })(),
    );
  },

  callbacks({ loop, play, finally: check }) {
    const future = loop.createFuture<number>();
    const called: number[] = [];
    let interrupted = 0;
    loop.setExceptionHandler((_loop, { exception }) => {
      if (exception instanceof KeyboardInterrupt) interrupted++;
    });
    for (let at = 0; at < 4; at++) future.addDoneCallback(() => void called.push(at));
    for (const name of ['a', 'b', 'c']) {
      play(
        name,
        coroutine(function* () {
          return yield* future;
        })(),
        { value: 7 },
      );
    }
    const settle = (name: string, delay: number): void => {
      play(
        name,
        coroutine(function* () {
          yield* sleep(delay);
          if (!future.done()) future.setResult(7);
        })(),
      );
    };
    settle('first', 0.1);
    settle('second', 0.2);
    check(() => {
      const right = called.every((one, at) => at === 0 || one > (called[at - 1] as number));
      return called.length + interrupted >= 4 && right ? undefined : `called: ${called.join(', ')}`;
    });
  },

  context({ play }) {
    const variable = new ContextVar<number>('variable', { default: 0 });
    const context = copyContext();
    // `run` inside itself is refused, so a context that is left entered would show.
    const careful = coroutine(function* () {
      for (let i = 0; i < 3; i++) {
        context.run(() => variable.set(1));
        yield* sleep(0.1);
      }
      return 'through';
    });
    for (const name of ['a', 'b', 'c']) play(name, careful(), { value: 'through' });
  },

  chains({ play }) {
    const leaf = coroutine(function* (delay: number) {
      yield* sleep(delay);
      return delay;
    });
    const branch: (depth: number) => Coroutine<number> = coroutine(function* (depth: number) {
      if (depth === 0) return yield* leaf(0.1);
      return (yield* branch(depth - 1)) + (yield* createTask(leaf(0)));
    });
    for (const name of ['a', 'b', 'c']) play(name, branch(4), { value: 0.1, after: '*' });
    play(
      'd',
      coroutine(function* () {
        const task = createTask(leaf(9));
        yield* sleep(0);
        task.cancel();
        try {
          yield* task;
        } catch (error) {
          if (error instanceof CancelledError) return 'cancelled as asked';
          throw error;
        }
        return 'not cancelled';
      })(),
      { value: 'cancelled as asked', after: '*' },
    );
  },
};
