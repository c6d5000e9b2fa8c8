// test_locks.py: see locks.py for the same in Python.
import {
  Barrier,
  BoundedSemaphore,
  BrokenBarrierError,
  CancelledError,
  Condition,
  type Coroutine,
  coroutine,
  createTask,
  Event,
  gather,
  getRunningLoop,
  Lock,
  Queue,
  RuntimeError,
  run,
  Semaphore,
  sleep,
  type Task,
  taskGroup,
  ValueError,
  wait,
  waitFor,
} from 'cokernel';
import { now, outcome, print, raised, show, ticks } from '../judge.ts';

const take = coroutine(async (name: string, what: Lock | Semaphore, log: unknown[]) => {
  await what.acquire();
  log.push(name);
  return name;
});

const waits = coroutine(async (name: string, cond: Condition, log: unknown[]) => {
  using _held = await cond.acquire();
  log.push(`${name} waits`);
  await cond.wait();
  log.push(`${name} woken`);
  return name;
});

export const LockTests = {
  test_repr: coroutine(async () => {
    const lock = new Lock();
    print(lock);
    await lock.acquire();
    print(lock);
    const task = createTask(lock.acquire());
    await ticks();
    print(lock);
    task.cancel();
  }),

  test_acquire: coroutine(async () => {
    const lock = new Lock();
    const log: string[] = [];
    await lock.acquire();
    const tasks = ['a', 'b'].map((name) => createTask(take(name, lock, log)));
    await ticks();
    print(log);
    lock.release();
    await ticks();
    print(log);
    await ticks();
    print(log);
    tasks.push(createTask(take('c', lock, log)));
    lock.release();
    await ticks();
    print(log);
    lock.release();
    await ticks();
    print(
      log,
      tasks.map((task) => task.result()),
      lock.locked(),
    );
  }),

  test_acquire_cancel: coroutine(async () => {
    const lock = new Lock();
    await lock.acquire();
    const task = createTask(lock.acquire());
    getRunningLoop().callSoon(() => task.cancel());
    print(await outcome(task), lock);
  }),

  test_cancel_race: coroutine(async () => {
    const lock = new Lock();
    const gate = getRunningLoop().createFuture<void>();
    const hold = coroutine(async (name: string, blocker: typeof gate | null) => {
      using _held = await lock.acquire();
      print(name, 'holds');
      if (blocker !== null) await blocker;
    });
    const a = createTask(hold('a', gate));
    await ticks();
    const b = createTask(hold('b', null));
    await ticks();
    const c = createTask(hold('c', null));
    await ticks();
    print(lock);
    gate.setResult(undefined);
    b.cancel();
    await ticks();
    print(lock.locked(), a.done(), b.cancelled());
    await c;
    print(lock);
  }),

  test_cancel_release_race: coroutine(async () => {
    const lock = new Lock();
    const log: string[] = [];
    await lock.acquire();
    const [a, b, c] = ['a', 'b', 'c'].map((name) => createTask(take(name, lock, log))) as [
      Task<string>,
      Task<string>,
      Task<string>,
    ];
    await ticks();
    getRunningLoop().callSoon(() => {
      a.cancel();
      lock.release();
    });
    print(await outcome(a));
    print(
      log,
      [a, b, c].map((task) => task.done()),
    );
    c.cancel();
    await ticks();
    print(c.cancelled(), lock);
  }),

  test_finished_waiter_cancelled: coroutine(async () => {
    const lock = new Lock();
    await lock.acquire();
    const b = createTask(lock.acquire());
    await ticks();
    const c = createTask(lock.acquire());
    b.cancel();
    lock.release();
    await ticks();
    print(lock.locked(), b.cancelled());
    await c;
    print(lock);
  }),

  test_release_not_acquired: coroutine(async () => {
    print(raised(() => new Lock().release()));
  }),

  test_release_no_waiters: coroutine(async () => {
    const lock = new Lock();
    await lock.acquire();
    print(lock.locked());
    lock.release();
    print(lock.locked());
  }),

  test_context_manager: coroutine(async () => {
    const lock = new Lock();
    {
      using _held = await lock.acquire();
      print(lock.locked());
    }
    print(lock.locked());
  }),

  test_lock_by_with_statement: coroutine(async () => {
    for (const lock of [new Lock(), new Condition(), new Semaphore(), new BoundedSemaphore()]) {
      await sleep(0.01);
      print(lock.locked());
      {
        using _held = await lock.acquire();
        print(lock.locked());
      }
      print(lock.locked());
    }
  }),
};

export const EventTests = {
  test_repr: coroutine(async () => {
    const event = new Event();
    print(event);
    const task = createTask(event.wait());
    await ticks();
    print(event);
    event.set();
    print(event);
    await task;
    print(event);
  }),

  test_wait: coroutine(async () => {
    const event = new Event();
    const log: string[] = [];
    const waiter = coroutine(async (name: string) => {
      print(await event.wait());
      log.push(name);
    });
    const tasks = ['a', 'b'].map((name) => createTask(waiter(name)));
    await ticks();
    print(event.isSet(), log);
    tasks.push(createTask(waiter('c')));
    event.set();
    await ticks();
    print(
      log,
      tasks.map((task) => task.done()),
    );
  }),

  test_wait_on_set: coroutine(async () => {
    const event = new Event();
    event.set();
    print(await event.wait());
  }),

  test_wait_cancel: coroutine(async () => {
    const event = new Event();
    const task = createTask(event.wait());
    getRunningLoop().callSoon(() => task.cancel());
    print(await outcome(task), event);
  }),

  test_clear: coroutine(async () => {
    const event = new Event();
    print(event.isSet());
    event.set();
    print(event.isSet());
    event.clear();
    print(event.isSet());
  }),

  test_clear_with_waiters: coroutine(async () => {
    const event = new Event();
    const task = createTask(event.wait());
    await ticks();
    event.set();
    event.clear();
    print(event.isSet());
    event.set();
    event.set();
    print(event);
    await ticks();
    print(event, task.done(), task.result());
  }),
};

export const ConditionTests = {
  test_wait: coroutine(async () => {
    const cond = new Condition();
    const log: string[] = [];
    const waiter = coroutine(async (name: string) => {
      await cond.acquire();
      if (await cond.wait()) log.push(name);
    });
    const tasks = ['a', 'b', 'c'].map((name) => createTask(waiter(name)));
    await ticks();
    print(log, cond.locked());
    await cond.acquire();
    cond.notify();
    await ticks();
    print(log, cond.locked());
    cond.release();
    await ticks();
    print(log, cond.locked());
    cond.notify(2);
    await ticks();
    print(log, cond.locked());
    cond.release();
    await ticks();
    print(log, cond.locked());
    cond.release();
    await ticks();
    print(
      log,
      cond.locked(),
      tasks.map((task) => task.done()),
    );
  }),

  test_wait_cancel: coroutine(async () => {
    const cond = new Condition();
    await cond.acquire();
    const task = createTask(cond.wait());
    getRunningLoop().callSoon(() => task.cancel());
    print(await outcome(task), cond);
  }),

  test_wait_cancel_contested: coroutine(async () => {
    const cond = new Condition();
    await cond.acquire();
    const task = createTask(cond.wait());
    await ticks();
    print(cond.locked());
    await cond.acquire();
    cond.notify();
    const loop = getRunningLoop();
    loop.callSoon(() => task.cancel());
    loop.callSoon(() => cond.release());
    print(await outcome(task), cond.locked());
  }),

  test_wait_cancel_after_notify: coroutine(async () => {
    const cond = new Condition();
    const log: string[] = [];
    const task = createTask(waits('a', cond, log));
    await ticks();
    await cond.acquire();
    cond.notify();
    await ticks();
    task.cancel();
    await ticks();
    cond.release();
    await ticks();
    print(task.cancelled(), log, cond);
  }),

  test_wait_unacquired: coroutine(async () => {
    print(await outcome(new Condition().wait()));
  }),

  test_wait_for: coroutine(async () => {
    const cond = new Condition();
    const ready: string[] = [];
    const waiter = coroutine(async () => {
      using _held = await cond.acquire();
      print(await cond.waitFor(() => (ready.length > 0 ? ready : null)));
    });
    const task = createTask(waiter());
    await ticks();
    {
      using _held = await cond.acquire();
      cond.notify();
    }
    await ticks();
    print(task.done());
    ready.push('yes');
    {
      using _held = await cond.acquire();
      cond.notify();
    }
    await ticks();
    print(task.done());
  }),

  test_wait_for_unacquired: coroutine(async () => {
    const cond = new Condition();
    print(await cond.waitFor(() => [1, 2, 3]));
    print(await outcome(cond.waitFor(() => false)));
  }),

  test_notify: coroutine(async () => {
    const cond = new Condition();
    const log: string[] = [];
    const tasks = ['a', 'b', 'c'].map((name) => createTask(waits(name, cond, log)));
    await ticks();
    print(log);
    {
      using _held = await cond.acquire();
      cond.notify(1);
    }
    await ticks();
    print(log.slice(3));
    {
      using _held = await cond.acquire();
      cond.notify(1);
      cond.notify(2048);
    }
    await ticks();
    print(
      log.slice(4),
      tasks.map((task) => task.done()),
    );
  }),

  test_notify_all: coroutine(async () => {
    const cond = new Condition();
    const log: string[] = [];
    const tasks = ['a', 'b'].map((name) => createTask(waits(name, cond, log)));
    await ticks();
    {
      using _held = await cond.acquire();
      cond.notifyAll();
    }
    await ticks();
    print(
      log,
      tasks.map((task) => task.done()),
    );
  }),

  test_notify_unacquired: coroutine(async () => {
    print(raised(() => new Condition().notify()));
  }),

  test_notify_all_unacquired: coroutine(async () => {
    print(raised(() => new Condition().notifyAll()));
  }),

  test_repr: coroutine(async () => {
    const cond = new Condition();
    const log: string[] = [];
    print(cond);
    await cond.acquire();
    print(cond);
    cond.release();
    const tasks = ['a', 'b'].map((name) => createTask(waits(name, cond, log)));
    await ticks();
    print(cond);
    for (const task of tasks) task.cancel();
  }),

  test_context_manager: coroutine(async () => {
    const cond = new Condition();
    {
      using _held = await cond.acquire();
      print(cond.locked());
    }
    print(cond.locked());
  }),

  test_explicit_lock: coroutine(async () => {
    const lock = new Lock();
    const cond = new Condition({ lock });
    {
      using _held = await cond.acquire();
      print(lock.locked(), cond.locked());
    }
    print(lock.locked(), cond.locked());
    {
      using _held = await lock.acquire();
      print(lock.locked(), cond.locked());
    }
    print(lock.locked(), cond.locked());
  }),

  test_timeout_in_block: coroutine(async () => {
    const cond = new Condition();
    {
      using _held = await cond.acquire();
      print(await outcome(waitFor(cond.wait(), 0.5)), now(), cond.locked());
    }
    print(cond.locked());
  }),

  test_cancelled_error_wakeup: coroutine(async () => {
    const cond = new Condition();
    const log: string[] = [];
    const [a, b] = ['a', 'b'].map((name) => createTask(waits(name, cond, log))) as [Task<string>, Task<string>];
    await ticks();
    {
      using _held = await cond.acquire();
      cond.notify();
      a.cancel();
    }
    await ticks(4);
    print([a.done(), b.done()], a.cancelled(), log);
    b.cancel();
  }),

  test_cancelled_error_re_aquire: coroutine(async () => {
    const cond = new Condition();
    const waiter = coroutine(async () => {
      using _held = await cond.acquire();
      try {
        await cond.wait();
      } catch (error) {
        if (error instanceof CancelledError) print(error, cond.locked());
        throw error;
      }
    });
    const task = createTask(waiter());
    await ticks();
    await cond.acquire();
    task.cancel('first');
    await ticks();
    task.cancel('second');
    await ticks();
    cond.release();
    print(await outcome(task), cond.locked());
  }),

  test_cancelled_wakeup: coroutine(async () => {
    const cond = new Condition();
    const log: string[] = [];
    const tasks = ['a', 'b', 'c'].map((name) => createTask(waits(name, cond, log)));
    await ticks();
    {
      using _held = await cond.acquire();
      cond.notify();
    }
    tasks[0]?.cancel();
    tasks[1]?.cancel();
    await ticks(4);
    print(
      tasks.map((task) => task.done()),
      tasks.map((task) => task.done() && task.cancelled()),
      log,
    );
    tasks[2]?.cancel();
  }),
};

export const SemaphoreTests = {
  test_initial_value_zero: coroutine(async () => {
    print(new Semaphore(0).locked());
  }),

  test_repr: coroutine(async () => {
    const sem = new Semaphore();
    print(sem);
    await sem.acquire();
    print(sem);
    const tasks = [createTask(sem.acquire()), createTask(sem.acquire())];
    await ticks();
    print(sem, new BoundedSemaphore(2));
    for (const task of tasks) task.cancel();
  }),

  test_semaphore_value: coroutine(async () => {
    print(raised(() => new Semaphore(-1)));
  }),

  test_acquire: coroutine(async () => {
    const sem = new Semaphore(3);
    const log: string[] = [];
    await sem.acquire();
    await sem.acquire();
    print(sem.locked());
    const tasks = ['a', 'b', 'c'].map((name) => createTask(take(name, sem, log)));
    await ticks();
    print(log, sem);
    tasks.push(createTask(take('d', sem, log)));
    sem.release();
    sem.release();
    print(sem);
    await ticks();
    print(log, sem);
    sem.release();
    print(await gather(tasks), sem);
  }),

  test_acquire_cancel: coroutine(async () => {
    const sem = new Semaphore();
    await sem.acquire();
    const task = createTask(sem.acquire());
    getRunningLoop().callSoon(() => task.cancel());
    print(await outcome(task), sem);
  }),

  test_acquire_cancel_before_awoken: coroutine(async () => {
    const sem = new Semaphore(0);
    const tasks = [1, 2, 3, 4].map(() => createTask(sem.acquire()));
    await ticks();
    tasks[0]?.cancel();
    tasks[1]?.cancel();
    sem.release();
    await ticks(2);
    print(
      tasks.map((task) => task.done()),
      sem,
    );
    tasks[3]?.cancel();
  }),

  test_acquire_hang: coroutine(async () => {
    const sem = new Semaphore(0);
    const tasks = [1, 2].map(() => createTask(sem.acquire()));
    await ticks();
    tasks[0]?.cancel();
    sem.release();
    await ticks(2);
    print(sem.locked(), tasks[1]?.done());
  }),

  test_acquire_no_hang: coroutine(async () => {
    const sem = new Semaphore(1);
    const one = coroutine(async () => {
      {
        using _held = await sem.acquire();
        await ticks();
      }
      second.cancel();
    });
    const two = coroutine(async () => {
      using _held = await sem.acquire();
      print('never');
    });
    const first = createTask(one());
    const second = createTask(two());
    print(await gather(first, second, { returnExceptions: true }));
    print((await outcome(waitFor(sem.acquire(), 1))) !== '', now());
  }),

  test_release_not_acquired: coroutine(async () => {
    print(raised(() => new BoundedSemaphore().release()));
  }),

  test_release_no_waiters: coroutine(async () => {
    const sem = new Semaphore();
    await sem.acquire();
    print(sem.locked());
    sem.release();
    print(sem.locked());
  }),

  test_acquire_fifo_order: coroutine(async () => {
    const sem = new Semaphore(1);
    const log: string[] = [];
    const twice = coroutine(async (name: string) => {
      for (const turn of [1, 2]) {
        using _held = await sem.acquire();
        log.push(`${name}${turn}`);
        await sleep(0.01);
      }
    });
    await taskGroup(async (tg) => {
      for (const name of ['a', 'b', 'c']) tg.createTask(twice(name));
    });
    print(log, now());
  }),

  test_acquire_fifo_order_2: coroutine(async () => {
    const sem = new Semaphore(1);
    const log: string[] = [];
    const again = coroutine(async () => {
      await sem.acquire();
      log.push('b');
      sem.release();
      await sem.acquire();
      log.push('b again');
    });
    const tasks = [createTask(take('a', sem, log)), createTask(again()), createTask(take('c', sem, log))];
    await ticks();
    sem.release();
    sem.release();
    await gather(tasks);
    print(log);
  }),

  test_acquire_fifo_order_3: coroutine(async () => {
    const sem = new Semaphore(0);
    const log: string[] = [];
    const tasks = ['a', 'b', 'c'].map((name) => createTask(take(name, sem, log)));
    await ticks();
    tasks[0]?.cancel();
    await ticks();
    sem.release();
    sem.release();
    print(await gather(tasks, { returnExceptions: true }), log);
  }),

  test_acquire_fifo_order_4: coroutine(async () => {
    const sem = new Semaphore(1);
    const log: string[] = [];
    const tasks = ['a', 'b', 'c'].map((name) => createTask(take(name, sem, log)));
    await ticks();
    print(log);
    tasks[1]?.cancel();
    sem.release();
    await ticks();
    print(log, tasks[1]?.done());
    await ticks();
    print(
      log,
      tasks.map((task) => task.done()),
      sem,
    );
  }),
};

const through = coroutine(async (barrier: Barrier, log: unknown[], name: unknown = true) => {
  const index = await barrier.wait();
  log.push(name);
  return index;
});

function start<T>(count: number, call: () => ReturnType<typeof createTask<T>>['coroutine']): Task<T>[] {
  return Array.from({ length: count }, () => createTask(call()));
}

const FIVE = ['a', 'b', 'c', 'd', 'e'];

export const BarrierTests = {
  test_repr: coroutine(async () => {
    const barrier = new Barrier(5);
    const log: unknown[] = [];
    print(barrier);
    const tasks = start(2, () => through(barrier, log));
    await ticks();
    print(barrier);
    tasks.push(...start(3, () => through(barrier, log)));
    await ticks();
    print(barrier);
    tasks.push(...start(2, () => through(barrier, log)));
    await ticks();
    await barrier.reset();
    print(barrier);
    tasks.push(...start(2, () => through(barrier, log)));
    await ticks();
    await barrier.abort();
    print(barrier, barrier.broken);
    print(await gather(tasks, { returnExceptions: true }));
  }),

  test_barrier_parties: coroutine(async () => {
    print(
      raised(() => new Barrier(0)),
      raised(() => new Barrier(-4)),
      new Barrier(5).parties,
    );
  }),

  test_context_manager: coroutine(async () => {
    const barrier = new Barrier(3);
    const log: number[] = [];
    const one = coroutine(async () => {
      log.push(await barrier.wait());
    });
    await gather(start(3, one));
    print(log, barrier.nWaiting, barrier.broken);
  }),

  test_filling_one_task: coroutine(async () => {
    const barrier = new Barrier(1);
    print(await barrier.wait(), barrier.nWaiting, barrier.broken);
  }),

  test_filling_one_task_twice: coroutine(async () => {
    const barrier = new Barrier(1);
    const first = createTask(barrier.wait());
    await ticks();
    print(barrier.nWaiting);
    const second = createTask(barrier.wait());
    await ticks();
    print(first.result(), second.result(), barrier);
  }),

  test_filling_task_by_task: coroutine(async () => {
    const barrier = new Barrier(3);
    const tasks: Task<number>[] = [];
    for (let left = 3; left > 0; left--) {
      tasks.push(createTask(barrier.wait()));
      await ticks();
      print(barrier.nWaiting, barrier);
    }
    await wait(tasks);
    print(
      tasks.map((task) => task.result()),
      barrier,
    );
  }),

  test_filling_tasks_wait_twice: coroutine(async () => {
    const barrier = new Barrier(5);
    const log: unknown[] = [];
    const twice = coroutine(async () => {
      await through(barrier, log, 'first');
      await through(barrier, log, 'second');
    });
    await gather(start(5, twice));
    print(log, barrier);
  }),

  test_filling_tasks_check_return_value: coroutine(async () => {
    const barrier = new Barrier(5);
    const log: unknown[] = [];
    const twice = coroutine(async () => {
      await through(barrier, log, 'first');
      return await through(barrier, log, 'second');
    });
    print(await gather(start(5, twice)), log);
  }),

  test_draining_state: coroutine(async () => {
    const barrier = new Barrier(5);
    const log: string[] = [];
    const one = coroutine(async () => {
      await barrier.wait();
      log.push(show(barrier));
    });
    await gather(start(5, one));
    print(...log);
  }),

  test_blocking_tasks_while_draining: coroutine(async () => {
    const barrier = new Barrier(5);
    const rest = new Barrier(3);
    const log: string[] = [];
    let again = 2;
    const one = coroutine(async (name: string) => {
      await barrier.wait();
      if (again > 0) {
        again--;
        log.push(`${name} again`);
      } else {
        await rest.wait();
        log.push(`${name} rests`);
      }
      await barrier.wait();
      log.push(`${name} through`);
    });
    await gather(FIVE.map((name) => one(name)));
    print(log);
  }),

  test_filling_tasks_cancel_one: coroutine(async () => {
    const barrier = new Barrier(3);
    const log: unknown[] = [];
    const tasks: Task<number>[] = [];
    for (const name of ['a', 'b']) {
      tasks.push(createTask(through(barrier, log, name)));
      await ticks();
      print(barrier.nWaiting);
    }
    const [first] = tasks as [Task<number>];
    first.cancel();
    await ticks();
    print(barrier.nWaiting, await outcome(first));
    for (const name of ['c', 'd']) tasks.push(createTask(through(barrier, log, name)));
    print(await gather(tasks.slice(1)), log, barrier);
  }),

  test_reset_barrier: coroutine(async () => {
    const barrier = new Barrier(1);
    createTask(barrier.reset());
    await ticks();
    print(barrier.nWaiting, barrier.broken);
  }),

  test_reset_barrier_while_tasks_waiting: coroutine(async () => {
    const barrier = new Barrier(5);
    const tasks = start(4, () => outcome(barrier.wait()));
    await ticks();
    createTask(barrier.reset());
    print(await gather(tasks));
    print(barrier, barrier.broken);
  }),

  test_reset_barrier_when_tasks_half_draining: coroutine(async () => {
    const barrier = new Barrier(5);
    const log: string[] = [];
    const one = coroutine(async (name: string) => {
      try {
        log.push(`${name} ${await barrier.wait()}`);
      } catch (error) {
        if (!(error instanceof BrokenBarrierError)) throw error;
        log.push(`${name} ${error.message}`);
        return;
      }
      if (log.length === 3) await barrier.reset();
    });
    await gather(FIVE.map((name) => one(name)));
    print(log, barrier, barrier.broken);
  }),

  test_reset_barrier_when_tasks_half_draining_half_blocking: coroutine(async () => {
    const barrier = new Barrier(5);
    const log: string[] = [];
    const passed: string[] = [];
    const one = coroutine(async (name: string) => {
      try {
        await barrier.wait();
      } catch (error) {
        log.push(`${name} ${(error as Error).message}`);
        await barrier.wait();
        return;
      }
      passed.push(name);
      if (passed.length > 2) await barrier.reset();
      log.push(`${name} ${await outcome(barrier.wait())}`);
    });
    await gather(FIVE.map((name) => one(name)));
    print(log, passed, barrier);
  }),

  test_reset_barrier_while_tasks_waiting_and_waiting_again: coroutine(async () => {
    const barrier = new Barrier(5);
    const log: unknown[] = [];
    const one = coroutine(async (name: string) => {
      log.push(await outcome(barrier.wait()));
      await through(barrier, log, name);
    });
    const tasks = ['a', 'b', 'c', 'd'].map((name) => createTask(one(name)));
    createTask(barrier.reset());
    await ticks();
    createTask(through(barrier, log, 'e'));
    await gather(tasks);
    print(log, barrier);
  }),

  test_reset_barrier_while_tasks_draining: coroutine(async () => {
    const barrier = new Barrier(5);
    const log: string[] = [];
    const count: string[] = [];
    const one = coroutine(async (name: string) => {
      await barrier.wait();
      count.push(name);
      if (count.length === 5) {
        await barrier.reset();
        await barrier.wait();
      } else log.push(`${name} ${await outcome(barrier.wait())}`);
      log.push(`${name} ${await outcome(barrier.wait())}`);
    });
    await gather(FIVE.map((name) => one(name)));
    print(log, barrier);
  }),

  test_abort_barrier: coroutine(async () => {
    const barrier = new Barrier(1);
    createTask(barrier.abort());
    await ticks();
    print(barrier.nWaiting, barrier.broken, await outcome(barrier.wait()));
  }),

  test_abort_barrier_when_tasks_half_draining_half_blocking: coroutine(async () => {
    const barrier = new Barrier(5);
    const log: string[] = [];
    const passed: string[] = [];
    const one = coroutine(async (name: string) => {
      try {
        await barrier.wait();
      } catch (error) {
        log.push(`${name} ${(error as Error).message}`);
        return;
      }
      passed.push(name);
      if (passed.length > 2) await barrier.abort();
      else log.push(`${name} ${await outcome(barrier.wait())}`);
    });
    await gather(FIVE.map((name) => one(name)));
    print(log, passed, barrier, barrier.broken);
  }),

  test_abort_barrier_when_exception: coroutine(async () => {
    const barrier = new Barrier(5);
    const log: string[] = [];
    const one = coroutine(async () => {
      try {
        if ((await barrier.wait()) === 2) throw new RuntimeError('two');
        await barrier.wait();
      } catch (error) {
        log.push((error as Error).message);
        if (!(error instanceof BrokenBarrierError)) await barrier.abort();
      }
    });
    await gather(start(5, one));
    print(log, barrier);
  }),

  test_abort_barrier_when_exception_then_resetting: coroutine(async () => {
    const one = new Barrier(5);
    const two = new Barrier(5);
    const log: unknown[] = [];
    const both = coroutine(async () => {
      try {
        if ((await one.wait()) === 2) throw new ValueError('two');
        await one.wait();
      } catch (error) {
        log.push((error as Error).message);
        if (error instanceof ValueError) await one.abort();
      }
      if ((await two.wait()) === 2) await one.reset();
      await two.wait();
      log.push(await one.wait());
    });
    await gather(start(5, both));
    print(log, one, two);
  }),
};

/** Binds it to a loop by a wait, then uses it in another, without waiting and with. */
async function twoLoops(take: () => Coroutine<unknown>, wait: () => Coroutine<unknown>, free: () => unknown) {
  const bind = coroutine(async () => {
    await take();
    return await outcome(waitFor(wait(), 0.1));
  });
  const use = coroutine(async () => {
    free();
    const first = await outcome(take());
    return [first, await outcome(wait())];
  });
  print(await run(bind()), ...(await run(use())));
}

export const LoopBoundMixinTests = {
  test_loop_partially_initialized: async () => {
    const lock = new Lock();
    await twoLoops(
      coroutine(async () => {
        await lock.acquire();
        return true;
      }),
      () => lock.acquire(),
      () => lock.release(),
    );
  },

  test_different_loop: async () => {
    const semaphore = new Semaphore(1);
    await twoLoops(
      coroutine(async () => {
        await semaphore.acquire();
        return true;
      }),
      () => semaphore.acquire(),
      () => semaphore.release(),
    );
  },

  test_our_event_in_two_loops: async () => {
    const event = new Event();
    const take = coroutine(async () => event.clear());
    await twoLoops(
      take,
      () => event.wait(),
      () => event.set(),
    );
  },

  test_our_condition_in_two_loops: async () => {
    const condition = new Condition();
    const wait = coroutine(async () => {
      using _held = await condition.acquire();
      await condition.wait();
    });
    await twoLoops(
      () => ticks(1),
      wait,
      () => {},
    );
  },

  test_our_queue_in_two_loops: async () => {
    const queue = new Queue<string>(1);
    await twoLoops(
      () => queue.put('item'),
      () => queue.put('more'),
      () => queue.getNowait(),
    );
    await twoLoops(
      () => queue.get(),
      () => queue.get(),
      () => {
        if (queue.empty()) queue.putNowait('item');
      },
    );
  },

  test_our_barrier_in_two_loops: async () => {
    const barrier = new Barrier(2);
    await twoLoops(
      () => ticks(1),
      () => barrier.wait(),
      () => {},
    );
  },
};
