// test_taskgroups.py: see taskgroups.py for the same in Python.
import {
  CancelledError,
  ContextVar,
  type Coroutine,
  copyContext,
  coroutine,
  createTask,
  currentTask,
  Event,
  ExceptionGroup,
  RuntimeError,
  sleep,
  type Task,
  TaskGroup,
  taskGroup,
  ValueError,
} from 'cokernel';
import { errorClass, now, outcome, print, raised } from '../judge.ts';

const MyExc = errorClass('MyExc');

const work = coroutine(async (name: string, seconds: number, value: unknown = null) => {
  try {
    await sleep(seconds);
    return value;
  } catch (error) {
    if (error instanceof CancelledError) print(name, error, now());
    throw error;
  }
});

const crash = coroutine(async (seconds: number, error: Error) => {
  await sleep(seconds);
  throw error;
});

const crashAtCancel = coroutine(async (seconds: number, error: Error) => {
  try {
    await sleep(seconds);
  } catch {}
  throw error;
});

const runAndCancel = coroutine(async (coro: Coroutine<unknown>, after = 0.1) => {
  const task = createTask(coro);
  await sleep(after);
  print(task.done());
  task.cancel();
  print(await outcome(task), task.cancelled(), task.cancelling(), now());
});

const me = (): Task<unknown> => currentTask() as Task<unknown>;

export const TestTaskGroup = {
  test_taskgroup_01: coroutine(async () => {
    const [one, two] = await taskGroup(async (tg) => [
      tg.createTask(work('one', 0.1, 42)),
      tg.createTask(work('two', 0.2, 11)),
    ]);
    print(one?.result(), two?.result(), now());
  }),

  test_taskgroup_02: coroutine(async () => {
    const [one, two] = await taskGroup(async (tg) => {
      const first = tg.createTask(work('one', 0.1, 42));
      await sleep(0.15);
      return [first, tg.createTask(work('two', 0.2, 11))];
    });
    print(one?.result(), two?.result(), now());
  }),

  test_taskgroup_03: coroutine(async () => {
    const [one, two] = await taskGroup(async (tg) => {
      const first = tg.createTask(work('one', 1, 42));
      await sleep(0.15);
      first.cancel();
      return [first, tg.createTask(work('two', 0.2, 11))];
    });
    print(one?.cancelled(), two?.result(), now());
  }),

  test_taskgroup_04: coroutine(async () => {
    const body = coroutine(async () => {
      await taskGroup(async (tg) => {
        tg.createTask(crash(0.1, new ValueError('boom')));
        tg.createTask(work('two', 1));
      });
      print('never');
    });
    print(await outcome(createTask(body())), now());
  }),

  test_cancel_children_on_child_error: coroutine(async () => {
    const body = taskGroup(async (tg) => {
      for (const n of [0, 1, 2]) tg.createTask(crash(0.1, new ValueError(String(n))));
      tg.createTask(work('four', 5));
      await work('body', 10);
    });
    print(await outcome(createTask(body)), now());
  }),

  test_cancellation: coroutine(async () => {
    await runAndCancel(
      taskGroup(async (tg) => {
        for (const n of [0, 1, 2, 3, 4]) tg.createTask(work(String(n), 5));
      }),
    );
  }),

  test_taskgroup_07: coroutine(async () => {
    await runAndCancel(
      taskGroup(async (tg) => {
        for (const n of [0, 1, 2]) tg.createTask(work(String(n), 5));
        await work('body', 10);
      }),
    );
  }),

  test_taskgroup_08: coroutine(async () => {
    await runAndCancel(
      taskGroup(async (tg) => {
        for (const n of [0, 1, 2]) tg.createTask(crashAtCancel(10, new ValueError(String(n))));
        await sleep(10);
      }),
    );
  }),

  test_taskgroup_09: coroutine(async () => {
    const body = taskGroup(async (tg) => {
      tg.createTask(work('one', 1));
      tg.createTask(work('two', 2));
      await sleep(0.1);
      throw new ValueError('body');
    });
    print(await outcome(body), now());
  }),

  test_taskgroup_10: coroutine(async () => {
    const body = taskGroup(async (tg) => {
      tg.createTask(work('one', 1));
      tg.createTask(work('two', 2));
      throw new ValueError('body');
    });
    print(await outcome(body), now());
  }),

  test_taskgroup_11: coroutine(async () => {
    await runAndCancel(
      taskGroup(async () => {
        await taskGroup(async (inner) => {
          for (const n of [0, 1]) inner.createTask(crashAtCancel(10, new ValueError(String(n))));
          await sleep(10);
        });
      }),
    );
  }),

  test_taskgroup_12: coroutine(async () => {
    await runAndCancel(
      taskGroup(async (outer) => {
        outer.createTask(work('outer', 10));
        await taskGroup(async (inner) => {
          for (const n of [0, 1]) inner.createTask(crashAtCancel(10, new ValueError(String(n))));
          await sleep(10);
        });
      }),
    );
  }),

  test_taskgroup_13: coroutine(async () => {
    const body = taskGroup(async (outer) => {
      outer.createTask(crash(0.1, new ValueError('outer')));
      await taskGroup(async (inner) => void inner.createTask(crash(10, new ValueError('inner'))));
    });
    print(await outcome(createTask(body)), now());
  }),

  test_taskgroup_14: coroutine(async () => {
    const body = taskGroup(async (outer) => {
      outer.createTask(crash(10, new ValueError('outer')));
      await taskGroup(async (inner) => void inner.createTask(crash(0.1, new ValueError('inner'))));
    });
    print(await outcome(createTask(body)), now());
  }),

  test_taskgroup_15: coroutine(async () => {
    await runAndCancel(
      taskGroup(async (tg) => {
        tg.createTask(crash(0.3, new ValueError('soon')));
        try {
          await sleep(10);
        } catch (error) {
          await sleep(0.5);
          throw error;
        }
      }),
    );
  }),

  test_taskgroup_16: coroutine(async () => {
    const inner = taskGroup(async (tg) => {
      tg.createTask(crash(0.3, new ValueError('soon')));
      try {
        await sleep(10);
      } catch (error) {
        await sleep(0.5);
        throw error;
      }
    });
    const body = coroutine(async () => {
      await createTask(inner);
    });
    await runAndCancel(body());
  }),

  test_taskgroup_17: coroutine(async () => {
    await runAndCancel(
      taskGroup(async () => {
        await work('body', 10);
      }),
    );
  }),

  test_taskgroup_18: coroutine(async () => {
    await runAndCancel(
      taskGroup(async () => {
        try {
          await sleep(10);
        } catch {
          throw new MyExc('instead');
        }
      }),
    );
  }),

  test_taskgroup_19: coroutine(async () => {
    const body = taskGroup(async (tg) => {
      tg.createTask(crash(0.1, new ValueError('soon')));
      await crashAtCancel(10, new MyExc('nested'));
    });
    print(await outcome(createTask(body)));
  }),

  test_taskgroup_22: coroutine(async () => {
    await runAndCancel(
      taskGroup(async (tg) => {
        tg.createTask(work('one', 1));
        tg.createTask(work('two', 2));
      }),
      0.05,
    );
  }),

  test_taskgroup_23: coroutine(async () => {
    const group = await taskGroup(async (tg) => {
      for (let count = 0; count < 10; count++) {
        await sleep(0.1);
        tg.createTask(work(String(count), 0.3));
        if (count === 5) print(tg);
      }
      await sleep(1.35);
      print(tg);
      return tg;
    });
    print(group);
  }),

  test_taskgroup_24: coroutine(async () => {
    const root = coroutine(async (tg: TaskGroup) => {
      await sleep(0.1);
      tg.createTask(work('one', 0.1));
      tg.createTask(work('two', 0.2));
    });
    await taskGroup(async (tg) => void tg.createTask(root(tg)));
    print(now());
  }),

  test_taskgroup_25: coroutine(async () => {
    let heads = 0;
    const hydra = coroutine(async (tg: TaskGroup): Promise<void> => {
      heads++;
      await sleep(0.01);
      tg.createTask(hydra(tg));
      tg.createTask(hydra(tg));
    });
    const hercules = coroutine(async () => {
      while (heads < 10) await sleep(0.015);
      throw new ValueError('slain');
    });
    const body = taskGroup(async (tg) => {
      tg.createTask(hydra(tg));
      tg.createTask(hercules());
    });
    print(await outcome(body), heads, now());
  }),

  test_taskgroup_task_name: coroutine(async () => {
    await taskGroup(async (tg) => print(tg.createTask(sleep(0), { name: 'yolo' }).getName()));
  }),

  test_taskgroup_task_context: coroutine(async () => {
    const variable = new ContextVar<number>('var');
    const put = coroutine(async (value: number) => {
      await sleep(0);
      variable.set(value);
    });
    await taskGroup(async (tg) => {
      const context = copyContext();
      print(context.get(variable));
      await tg.createTask(put(1), { context });
      print(context.get(variable));
      await tg.createTask(put(2), { context });
      print(context.get(variable));
    });
  }),

  test_taskgroup_no_create_task_after_failure: coroutine(async () => {
    const late = coroutine(async (tg: TaskGroup) => {
      try {
        await sleep(1);
      } catch (error) {
        const coro = crash(0, new ValueError('late'));
        print(raised(() => tg.createTask(coro)));
        coro.close();
        throw error;
      }
    });
    const body = taskGroup(async (tg) => {
      tg.createTask(crash(0.001, new ValueError('first')));
      tg.createTask(late(tg));
    });
    print(await outcome(body));
  }),

  test_taskgroup_context_manager_exit_raises: coroutine(async () => {
    const body = taskGroup(async (tg) => {
      tg.createTask(crash(0, new MyExc('child')));
      await crashAtCancel(1, new MyExc('exit'));
    });
    print(await outcome(body), me().cancelling());
  }),

  test_taskgroup_finished: coroutine(async () => {
    const group = await taskGroup(async (tg) => {
      print(tg);
      return tg;
    });
    const coro = sleep(0);
    print(raised(() => group.createTask(coro)));
    coro.close();
  }),

  test_taskgroup_not_entered: coroutine(async () => {
    const tg = new TaskGroup();
    const coro = sleep(0);
    print(
      raised(() => tg.createTask(coro)),
      tg,
    );
    coro.close();
  }),

  test_our_taskgroup_without_parent_task: coroutine(async () => {
    print(await taskGroup(async (tg) => tg));
  }),

  test_coro_closed_when_tg_closed: coroutine(async () => {
    const late = coroutine(async () => 1);
    const group = await taskGroup(async (tg) => tg);
    const coro = late();
    print(raised(() => group.createTask(coro)));
    print(await outcome(coro));
  }),

  test_cancelling_level_preserved: coroutine(async () => {
    const body = taskGroup(async (tg) => void tg.createTask(crash(0, new RuntimeError('boom'))));
    print(await outcome(body), me().cancelling());
  }),

  test_nested_groups_both_cancelled: coroutine(async () => {
    const body = taskGroup(async (outer) => {
      outer.createTask(crash(0, new RuntimeError('outer')));
      await taskGroup(async (inner) => void inner.createTask(crash(0, new RuntimeError('inner'))));
    });
    print(await outcome(body), me().cancelling());
  }),

  test_error_and_cancel: coroutine(async () => {
    const waiting = new Event();
    const body = coroutine(async () => {
      await taskGroup(async (tg) => {
        tg.createTask(crash(0, new RuntimeError('boom')));
        waiting.set();
        try {
          await sleep(10);
        } finally {
          me().cancel('mine');
        }
      });
    });
    const after = coroutine(async () => {
      print(await outcome(body()), me().cancelling());
      await sleep(0);
      print('not cancelled');
    });
    print(await outcome(createTask(after())));
  }),

  test_our_name_in_message: coroutine(async () => {
    try {
      await taskGroup(async (tg) => void tg.createTask(crash(0, new MyExc('one'))));
    } catch (error) {
      if (error instanceof ExceptionGroup) print(error.message, error.exceptions);
    }
  }),

  test_our_cancel_before_task_starts: coroutine(async () => {
    const tasks: Task<unknown>[] = [];
    await taskGroup(async (tg) => {
      tasks.push(tg.createTask(work('never starts', 1)));
      tasks[0]?.cancel();
    });
    print(tasks[0]?.cancelled(), now());
  }),

  test_our_swallowed_cancel_in_body: coroutine(async () => {
    const body = taskGroup(async (tg) => {
      tg.createTask(crash(0.1, new ValueError('child')));
      try {
        await sleep(1);
      } catch {}
      await sleep(0.5);
      print('body went on', now());
    });
    print(await outcome(createTask(body)), now());
  }),
};
