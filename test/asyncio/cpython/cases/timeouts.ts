// test_timeouts.py and test_waitfor.py: see timeouts.py for the same in Python.
import {
  CancelledError,
  type Coroutine,
  coroutine,
  createTask,
  currentTask,
  ensureFuture,
  getRunningLoop,
  LookupError,
  shield,
  sleep,
  type Task,
  type Timeout,
  TimeoutError,
  taskGroup,
  timeout,
  timeoutAt,
  ValueError,
  wait,
  waitFor,
} from 'cokernel';
import { now, outcome, print, raised, show, ticks } from '../judge.ts';

/** How a timeout block ends, and whether its scope expired. */
const block = coroutine(async (delay: number | null, body: Coroutine<unknown>, at = false) => {
  const scopes: Timeout[] = [];
  const run = at ? timeoutAt : timeout;
  try {
    const value = await run(
      delay,
      coroutine(async (scope: Timeout) => {
        scopes.push(scope);
        return await body;
      }),
    );
    return [value, scopes[0]?.expired()];
  } catch (error) {
    return [show(error), scopes[0]?.expired()];
  }
});

const me = (): Task<unknown> => currentTask() as Task<unknown>;

export const TimeoutTests = {
  test_timeout_basic: coroutine(async () => {
    print(await block(0.01, sleep(10)), now());
  }),

  test_timeout_at_basic: coroutine(async () => {
    print(await block(getRunningLoop().time() + 0.01, sleep(10), true), now());
  }),

  test_nested_timeouts: coroutine(async () => {
    print(await block(0.02, block(0.01, sleep(10))), now());
  }),

  test_waiter_cancelled: coroutine(async () => {
    const swallow = coroutine(async () => {
      try {
        await sleep(10);
      } catch (error) {
        if (!(error instanceof CancelledError)) throw error;
      }
      return 'swallowed';
    });
    print(await block(0.01, swallow()));
  }),

  test_timeout_not_called: coroutine(async () => {
    const scope = await timeout(10, async (scope) => {
      await sleep(0.01);
      return scope;
    });
    print(scope.when(), scope.expired(), now());
  }),

  test_timeout_disabled: coroutine(async () => {
    const scope = await timeout(null, async (scope) => {
      await sleep(0.01);
      return scope;
    });
    print(scope.when(), scope.expired());
  }),

  test_timeout_at_disabled: coroutine(async () => {
    const scope = await timeoutAt(null, async (scope) => {
      await sleep(0.01);
      return scope;
    });
    print(scope.when(), scope.expired());
  }),

  test_timeout_zero: coroutine(async () => {
    print(await block(0, sleep(10)), now());
  }),

  test_timeout_zero_sleep_zero: coroutine(async () => {
    print(await block(0, sleep(0)));
  }),

  test_timeout_in_the_past_sleep_zero: coroutine(async () => {
    print(await block(getRunningLoop().time() - 11, sleep(0), true));
  }),

  test_foreign_exception_passed: coroutine(async () => {
    const fail = coroutine(async () => {
      throw Object.assign(new LookupError('foreign'), { name: 'KeyError' });
    });
    print(await block(0.01, fail()));
  }),

  test_foreign_exception_on_timeout: coroutine(async () => {
    const fail = coroutine(async () => {
      try {
        await sleep(10);
      } catch {
        throw new ValueError('other');
      }
    });
    print(await block(0.01, fail()));
  }),

  test_foreign_cancel_doesnt_timeout_if_not_expired: coroutine(async () => {
    const cancelled = coroutine(async () => {
      throw new CancelledError();
    });
    print(await block(10, cancelled()));
  }),

  test_outer_task_is_not_cancelled: coroutine(async () => {
    const outer = coroutine(async () => {
      print(await block(0.001, sleep(1)));
    });
    const task = createTask(outer());
    await task;
    print(task.cancelled(), task.done());
  }),

  test_nested_timeouts_concurrent: coroutine(async () => {
    print(await block(0.002, block(0.1, sleep(1))), now());
  }),

  test_nested_timeouts_loop_busy: coroutine(async () => {
    const loop = getRunningLoop();
    print(await block(0.1, block(0.01, sleep(10))), now());
    print(await block(0.01, block(0.1, sleep(10))), now());
    print(loop.time() < 1);
  }),

  test_reschedule: coroutine(async () => {
    const loop = getRunningLoop();
    const stop = loop.createFuture<void>();
    const body = timeout(null, async (scope) => {
      print(scope.when());
      const at = loop.time() + 0.1;
      scope.reschedule(at);
      print(scope.when() === at);
      await stop;
    });
    print(await outcome(body), now());
    await timeout(10, async (scope) => {
      scope.reschedule(null);
      print(scope.when());
    });
  }),

  test_repr_active: coroutine(async () => {
    await timeout(10, async (scope) => print(scope));
  }),

  test_repr_expired: coroutine(async () => {
    const scopes: Timeout[] = [];
    try {
      await timeout(0.01, async (scope) => {
        scopes.push(scope);
        await sleep(10);
      });
    } catch (error) {
      if (error instanceof TimeoutError) print(scopes[0]);
    }
  }),

  test_repr_finished: coroutine(async () => {
    const scope = await timeout(10, async (scope) => {
      await sleep(0);
      return scope;
    });
    print(scope);
  }),

  test_repr_disabled: coroutine(async () => {
    await timeout(null, async (scope) => print(scope));
  }),

  test_nested_timeout_in_finally: coroutine(async () => {
    const inner = coroutine(async () => {
      try {
        await sleep(1);
      } finally {
        print(await block(0.01, sleep(10)), now());
      }
    });
    print(await block(0.01, inner()), now());
  }),

  test_timeout_after_cancellation: coroutine(async () => {
    try {
      me().cancel();
      await sleep(1);
    } catch {
      print(await block(0, sleep(1)));
    }
    me().uncancel();
  }),

  test_cancel_in_timeout_after_cancellation: coroutine(async () => {
    try {
      me().cancel();
      await sleep(1);
    } catch {}
    const again = coroutine(async () => {
      me().cancel();
      await sleep(2);
    });
    print(await block(1, again()), me().cancelling());
  }),

  test_our_reschedule_when_finished: coroutine(async () => {
    const scope = await timeout(0.01, async (scope) => {
      print(
        raised(() => scope.reschedule(null)),
        scope,
      );
      return scope;
    });
    print(raised(() => scope.reschedule(null)));
  }),

  test_timeout_exception_cause: coroutine(async () => {
    try {
      await timeout(0.01, async () => await sleep(1));
    } catch (error) {
      print(error, (error as Error).cause);
    }
  }),

  test_timeout_taskgroup: coroutine(async () => {
    const fail = coroutine(async () => {
      try {
        await sleep(2);
      } catch {
        throw new ValueError('late');
      }
    });
    const body = timeout(0.01, async () => {
      await taskGroup(async (tg) => void tg.createTask(fail()));
    });
    print(await outcome(body), me().cancelling());
  }),

  test_our_cancelled_in_nested_block: coroutine(async () => {
    const body = timeout(1, async () => {
      await timeout(2, async () => {
        me().cancel('mine');
        await sleep(3);
      });
    });
    const task = createTask(body);
    print(await outcome(task), task.cancelling(), now());
  }),
};

const swallow = coroutine(async () => {
  try {
    await sleep(10);
  } catch {
    return 'anyway';
  }
  return 'never';
});

const cleanup = coroutine(async () => {
  try {
    await sleep(10);
  } finally {
    print('finally', now());
  }
});

const slow = coroutine(async (seconds: number) => {
  try {
    await sleep(10);
  } catch (error) {
    await sleep(seconds);
    print('cleaned', now());
    throw error;
  }
});

const valueAfter = coroutine(async <T>(value: T, seconds: number | null = null) => {
  if (seconds !== null) await sleep(seconds);
  return value;
});

export const AsyncioWaitForTest = {
  test_asyncio_wait_for_cancelled: coroutine(async () => {
    const task = createTask(waitFor(sleep(1), 10));
    await ticks();
    task.cancel();
    print(await outcome(task), now());
  }),

  test_asyncio_wait_for_timeout: coroutine(async () => {
    const cleanup = coroutine(async () => {
      try {
        await sleep(1);
      } finally {
        print('cleaned up');
      }
    });
    print(await outcome(waitFor(cleanup(), 0.1)), now());
  }),

  test_wait_for_timeout_less_then_0_or_0_future_done: coroutine(async () => {
    const future = getRunningLoop().createFuture<string>();
    future.setResult('done');
    print(await waitFor(future, 0), await waitFor(future, -1));
  }),

  test_wait_for_timeout_less_then_0_or_0_coroutine_do_not_started: coroutine(async () => {
    const start = coroutine(async () => print('started'));
    print(await outcome(waitFor(start(), 0)));
  }),

  test_wait_for_timeout_less_then_0_or_0: coroutine(async () => {
    for (const limit of [0, -1]) {
      const future = ensureFuture(sleep(10));
      print(await outcome(waitFor(future, limit)), future.done(), future.cancelled());
    }
  }),

  test_wait_for: coroutine(async () => {
    print(await outcome(waitFor(cleanup(), 0.1)), now());
  }),

  test_wait_for_blocking: coroutine(async () => {
    print(await waitFor(valueAfter('done'), null), await waitFor(valueAfter('done'), 5));
  }),

  test_wait_for_race_condition: coroutine(async () => {
    const future = getRunningLoop().createFuture<string>();
    const task = createTask(waitFor(future, 0.2));
    getRunningLoop().callLater(0.1, (value: string) => future.setResult(value), 'ok');
    print(await task, now());
  }),

  test_wait_for_cancellation_race_condition: coroutine(async () => {
    const future = getRunningLoop().createFuture<string>();
    const task = createTask(waitFor(future, 10));
    await ticks();
    future.setResult('ok');
    task.cancel();
    print(await outcome(task));
  }),

  test_wait_for_waits_for_task_cancellation: coroutine(async () => {
    print(await outcome(waitFor(slow(0.2), 0.1)), now());
  }),

  test_wait_for_waits_for_task_cancellation_w_timeout_0: coroutine(async () => {
    const task = createTask(slow(0.1));
    await ticks();
    print(await outcome(waitFor(task, 0)), task.done(), now());
  }),

  test_wait_for_reraises_exception_during_cancellation: coroutine(async () => {
    const fail = coroutine(async () => {
      try {
        await sleep(0.2);
      } catch {
        throw new ValueError('foo');
      }
    });
    print(await outcome(waitFor(fail(), 0.1)), now());
  }),

  test_wait_for_self_cancellation: coroutine(async () => {
    const stubborn = coroutine(async () => {
      try {
        await sleep(0.3);
      } catch {
        try {
          await sleep(0.3);
        } catch {
          await sleep(0.3);
        }
      }
      return 42;
    });
    const inner = createTask(stubborn());
    const waiting = createTask(waitFor(inner, 0.1));
    const { done } = await wait([inner], { timeout: 0.2 });
    print(done.size, inner.done(), waiting.done());
    waiting.cancel();
    print(await outcome(waiting), inner.done(), now());
  }),

  test_cancel_blocking_wait_for: coroutine(async () => {
    const task = createTask(waitFor(sleep(10), null));
    await ticks();
    task.cancel();
    print(await outcome(task), task.cancelled());
  }),

  test_cancel_wait_for: coroutine(async () => {
    const inner = createTask(sleep(10));
    const task = createTask(waitFor(inner, 1));
    await ticks();
    task.cancel('why');
    print(await outcome(task), inner.cancelled());
  }),

  test_our_wait_for_swallowed: coroutine(async () => {
    print(await outcome(waitFor(swallow(), 0.1)), now());
  }),

  test_our_cancel_with_result: coroutine(async () => {
    const task = createTask(waitFor(swallow(), 1));
    await ticks();
    task.cancel();
    print(await outcome(task), task.cancelling());
  }),
};

export const WaitForShieldTests = {
  test_zero_timeout: coroutine(async () => {
    const task = createTask(valueAfter(1));
    print(await outcome(waitFor(shield(task), 0)), task.cancelled(), await task);
  }),

  test_none_timeout: coroutine(async () => {
    const task = createTask(valueAfter(1, 0.1));
    print(await waitFor(shield(task), null), now());
  }),

  test_shielded_timeout: coroutine(async () => {
    const task = createTask(valueAfter(1, 0.3));
    print(await outcome(waitFor(shield(task), 0.1)), task.cancelled(), await task, now());
  }),
};
