// Blocks: timeouts, task groups, cancel scopes, async generators.
import {
  asyncGenerator,
  CancelledError,
  type CancelScope,
  cancelScope,
  coroutine,
  sleep,
  type Task,
  type TaskGroup,
  type Timeout,
  TimeoutError,
  taskGroup,
  timeout,
  timeoutAt,
} from 'cokernel';
import { PLANNED, type Stage } from './stage.ts';

const leaf = coroutine(function* (delay: number) {
  yield* sleep(delay);
  return delay;
});
const never = coroutine(function* () {
  yield* sleep(1e6);
});
function* forever() {
  yield* never();
}
const failing = coroutine(function* (delay: number) {
  yield* sleep(delay);
  throw new RangeError(PLANNED);
});
const now = ({ loop }: Stage): number => Math.round(loop.time() * 100) / 100;

/** The time at which a block times out. */
const expiry = (stage: Stage, block: () => ReturnType<typeof never>) =>
  coroutine(function* () {
    try {
      yield* block();
    } catch (error) {
      if (error instanceof TimeoutError) return now(stage);
      throw error;
    }
    return 'through';
  })();

export const blocks: Readonly<Record<string, (stage: Stage) => void>> = {
  timeout(stage) {
    const { play } = stage;
    play(
      'late',
      expiry(stage, () => timeout(0.1, forever)),
      { value: 0.1 },
    );
    play(
      'at',
      expiry(stage, () => timeoutAt(0.2, forever)),
      { value: 0.2 },
    );
    play(
      'nested',
      expiry(stage, () =>
        timeout(0.3, function* () {
          yield* timeout(0.5, forever);
        }),
      ),
      { value: 0.3 },
    );
    play(
      'in time',
      expiry(stage, () =>
        timeout(0.4, function* () {
          yield* sleep(0.1);
        }),
      ),
      { value: 'through' },
    );
    // Cleaning up takes an await, which a second cancellation would end.
    const tidy = coroutine(function* () {
      try {
        yield* never();
      } finally {
        yield* sleep(0.2);
      }
    });
    play(
      'tidy',
      expiry(stage, () =>
        timeout(0.1, function* () {
          yield* tidy();
        }),
      ),
      { value: 0.3 },
    );
    let scope: Timeout | null = null;
    play(
      'moved',
      expiry(stage, () =>
        timeout(0.3, function* (given: Timeout) {
          scope = given;
          yield* never();
        }),
      ),
      { mayWait: () => false },
    );
    play(
      'mover',
      coroutine(function* () {
        yield* sleep(0.2);
        scope?.reschedule(0.6);
      })(),
    );
    const inner = createTaskIn(stage, never());
    play(
      'of a task',
      expiry(stage, () =>
        timeout(0.2, function* () {
          yield* inner;
        }),
      ),
      { value: 0.2, after: '*' },
    );
  },

  'task group'(stage) {
    const { play } = stage;
    play(
      'good',
      coroutine(function* () {
        const tasks: Task<number>[] = [];
        yield* taskGroup(function* (group: TaskGroup) {
          tasks.push(group.createTask(leaf(0.1)), group.createTask(leaf(0.2)));
          yield* sleep(0.05);
        });
        return tasks.every((task) => task.done());
      })(),
      { value: true, after: '*' },
    );
    const ended: string[] = [];
    const tidy = coroutine(function* (name: string) {
      try {
        yield* never();
      } catch (error) {
        yield* sleep(0.1);
        ended.push(name);
        throw error;
      }
    });
    play(
      'bad',
      coroutine(function* () {
        try {
          yield* taskGroup(function* (group: TaskGroup) {
            group.createTask(tidy('one'));
            group.createTask(tidy('two'));
            group.createTask(failing(0.1));
            yield* never();
          });
        } catch (error) {
          if (error instanceof AggregateError) return (error as AggregateError).errors.length;
          throw error;
        }
      })(),
      // The victim's error and the planned one, if both came before the group was through.
      { after: '*' },
    );
    stage.finally((victim) => {
      if (victim !== null && victim !== 'bad') return undefined;
      return victim === null && ended.join() !== 'one,two' ? `cleaned up: ${ended.join()}` : undefined;
    });
  },

  'task group that grows'(stage) {
    const { play } = stage;
    const late: Task<unknown>[] = [];
    play(
      'group',
      coroutine(function* () {
        yield* taskGroup(function* (group: TaskGroup) {
          const grower = coroutine(function* () {
            yield* sleep(0.1);
            late.push(group.createTask(leaf(0.3)));
          });
          group.createTask(grower(), { name: 'grower' });
          group.createTask(leaf(0.2));
          yield* sleep(0);
        });
        return stage.loop.tasks().length <= 1;
      })(),
      { value: true, after: '*' },
    );
  },

  'task group cancelled'(stage) {
    const { play } = stage;
    const group = play(
      'group',
      coroutine(function* () {
        yield* taskGroup(function* (tasks: TaskGroup) {
          tasks.createTask(never());
          tasks.createTask(never());
          yield* sleep(0);
        });
      })(),
      { value: 'cancelled', after: '*' },
    );
    const canceller = coroutine(function* (delay: number) {
      yield* sleep(delay);
      if (group.cancelling() === 0) group.cancel();
    });
    play('canceller', canceller(0.1));
    play('also', canceller(0.2));
    stage.finally((victim) => {
      if (victim !== 'group') return undefined;
      for (const task of stage.loop.tasks()) task.cancel();
      return undefined;
    });
  },

  'cancel scope'(stage) {
    const { play } = stage;
    play(
      'limited',
      coroutine(function* () {
        yield* cancelScope(forever, { timeout: 0.1 });
        return now(stage);
      })(),
      { value: 0.1 },
    );
    let scope: CancelScope | null = null;
    play(
      'by hand',
      coroutine(function* () {
        yield* cancelScope(function* (given: CancelScope) {
          scope = given;
          try {
            yield* never();
          } finally {
            yield* cancelScope(
              function* () {
                yield* sleep(0.1);
              },
              { shield: true },
            );
          }
        });
        // Whoever called cancel, it was heard, and not only at the end of time.
        return scope?.cancelCalled !== true || now(stage) < 1000;
      })(),
      { value: true },
    );
    const canceller = coroutine(function* (delay: number) {
      yield* sleep(delay);
      scope?.cancel();
    });
    play('canceller', canceller(0.2));
    play(
      'signalled',
      coroutine(function* () {
        const controller = new AbortController();
        stage.loop.callLater(0.1, () => controller.abort());
        stage.loop.callLater(0.2, () => controller.abort());
        yield* cancelScope(forever, { signal: controller.signal });
        return now(stage) <= 0.2;
      })(),
      { value: true },
    );
  },

  'async generator'(stage) {
    const { play } = stage;
    const counting = asyncGenerator(function* (most: number) {
      for (let i = 0; i < most; i++) {
        yield* sleep(0.1);
        yield i;
      }
    });
    const shared = counting(6);
    const taker = coroutine(function* () {
      const got: number[] = [];
      for (;;) {
        let result: IteratorResult<number, void>;
        try {
          result = yield* shared.next();
        } catch (error) {
          if (!/already running/.test((error as Error).message)) throw error;
          yield* sleep(0.05);
          continue;
        }
        if (result.done === true) return 'through';
        got.push(result.value);
      }
    });
    play('a', taker(), { value: 'through' });
    play('b', taker(), { value: 'through' });
    play(
      'own',
      coroutine(function* () {
        const mine = counting(2);
        const got = [(yield* mine.next()).value, yield* mine.asend()];
        yield* mine.aclose();
        return got;
      })(),
      { value: [0, 1] },
    );
  },

  signals(stage) {
    const { play } = stage;
    const controller = new AbortController();
    const reason = new RangeError('enough');
    const aborted = (block: () => ReturnType<typeof never>) =>
      coroutine(function* () {
        try {
          yield* block();
        } catch (error) {
          if (error === reason) return 'aborted';
          if (error instanceof CancelledError) return 'cancelled';
          throw error;
        }
      })();
    const { signal } = controller;
    play(
      'timeout',
      aborted(() => timeout(5, forever, { signal })),
      { value: 'aborted' },
    );
    play(
      'group',
      aborted(() =>
        taskGroup(
          function* (group: TaskGroup) {
            group.createTask(never());
            group.createTask(never());
            yield* never();
          },
          { signal },
        ),
      ),
      { value: 'aborted', after: '*' },
    );
    for (const delay of [0.1, 0.2]) {
      play(
        `aborter ${delay}`,
        coroutine(function* () {
          yield* sleep(delay);
          controller.abort(reason);
        })(),
      );
    }
    stage.loop.callLater(9, () => {
      for (const task of stage.loop.tasks()) if (!task.getName().startsWith('group')) task.cancel();
    });
  },
};

function createTaskIn({ play }: Stage, coroutine: ReturnType<typeof never>): Task<void> {
  return play('awaited', coroutine, { value: 'cancelled', or: undefined }) as Task<void>;
}
