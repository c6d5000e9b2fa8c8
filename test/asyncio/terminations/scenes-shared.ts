// What tasks share: locks, semaphores, events, conditions, barriers.
import { Barrier, BrokenBarrierError, Condition, coroutine, Event, Lock, Semaphore, sleep } from 'cokernel';
import type { Stage } from './stage.ts';

export const shared: Readonly<Record<string, (stage: Stage) => void>> = {
  lock({ play, finally: check }) {
    const lock = new Lock();
    let inside = 0;
    let crowded = false;
    const worker = coroutine(function* () {
      for (let i = 0; i < 2; i++) {
        using _held = yield* lock.acquire();
        // Counted without a call in between, so that a killed holder leaves its count behind.
        if (++inside > 1) crowded = true;
        yield* sleep(0);
        inside--;
      }
      return 'through';
    });
    for (const name of ['a', 'b', 'c']) play(name, worker(), { value: 'through' });
    check((victim) => {
      if (crowded && victim === null) return 'two held the lock at once';
      return lock.locked() ? 'the lock is held by nobody' : undefined;
    });
  },

  'lock cancelled'({ play, finally: check }) {
    const lock = new Lock();
    const worker = coroutine(function* () {
      using _held = yield* lock.acquire();
      yield* sleep(0.1);
      return 'through';
    });
    play('a', worker(), { value: 'through' });
    const second = play('b', worker(), { value: 'cancelled', or: 'through' });
    play('c', worker(), { value: 'through' });
    const canceller = (name: string, delay: number): void => {
      play(
        name,
        coroutine(function* () {
          yield* sleep(delay);
          if (second.cancelling() === 0) second.cancel();
        })(),
      );
    };
    canceller('canceller', 0.1);
    canceller('also', 0.1);
    check(() => (lock.locked() ? 'the lock is held by nobody' : undefined));
  },

  semaphore({ play, finally: check }) {
    const semaphore = new Semaphore(2);
    const worker = coroutine(function* () {
      for (let i = 0; i < 2; i++) {
        using _held = yield* semaphore.acquire();
        yield* sleep(0);
      }
      return 'through';
    });
    for (const name of ['a', 'b', 'c', 'd']) play(name, worker(), { value: 'through' });
    check((victim) => {
      const { value } = semaphore as unknown as { readonly value: number };
      // A place that the victim held is lost with it: only its own `finally` would have given it back.
      return value === 2 || (value === 1 && victim !== null) ? undefined : `${value} places are left of 2`;
    });
  },

  'semaphore as a signal'({ play, finally: check }) {
    const semaphore = new Semaphore(1);
    const waiter = coroutine(function* () {
      yield* semaphore.acquire();
      return 'through';
    });
    for (const name of ['a', 'b', 'c'])
      play(name, waiter(), { value: 'through', mayWait: (victim) => victim !== null });
    let given = 0;
    play(
      'giver',
      coroutine(function* () {
        for (let i = 0; i < 3; i++) {
          yield* sleep(0.1);
          semaphore.release();
          given++;
        }
      })(),
    );
    check((victim) => {
      const { value } = semaphore as unknown as { readonly value: number };
      return victim === null && (value !== 1 || given !== 3) ? `${value} places after ${given}` : undefined;
    });
  },

  event({ play }) {
    const event = new Event();
    const waiter = coroutine(function* () {
      yield* event.wait();
      return event.isSet();
    });
    for (const name of ['a', 'b', 'c', 'd']) play(name, waiter(), { value: true });
    const setter = coroutine(function* (delay: number) {
      yield* sleep(delay);
      event.set();
    });
    play('setter', setter(0.1));
    play('again', setter(0.2));
  },

  condition({ play, finally: check }) {
    const condition = new Condition();
    let stock = 0;
    const taker = coroutine(function* () {
      using _held = yield* condition.acquire();
      yield* condition.waitFor(() => stock > 0);
      stock--;
      return 'served';
    });
    for (const name of ['a', 'b', 'c'])
      play(name, taker(), {
        value: 'served',
        mayWait: (victim) => stock === 0 || victim === 'giver' || victim === 'also',
      });
    const giver = coroutine(function* (delay: number) {
      for (let i = 0; i < 2; i++) {
        yield* sleep(delay);
        using _held = yield* condition.acquire();
        stock++;
        condition.notify();
      }
    });
    play('giver', giver(0.1));
    play('also', giver(0.15));
    check(() => (condition.locked() ? 'the lock of the condition is held by nobody' : undefined));
  },

  'condition, all at once'({ play, finally: check }) {
    const condition = new Condition();
    let open = false;
    const waiter = coroutine(function* () {
      using _held = yield* condition.acquire();
      while (!open) yield* condition.wait();
      return 'in';
    });
    for (const name of ['a', 'b', 'c']) play(name, waiter(), { value: 'in', mayWait: () => !open });
    const opener = coroutine(function* (delay: number) {
      yield* sleep(delay);
      using _held = yield* condition.acquire();
      open = true;
      condition.notifyAll();
    });
    play('opener', opener(0.1), { mayWait: () => false });
    play('also', opener(0.2), { mayWait: () => false });
    check(() => (condition.locked() ? 'the lock of the condition is held by nobody' : undefined));
  },

  barrier({ play, finally: check }) {
    const barrier = new Barrier(2);
    let through = 0;
    const party = coroutine(function* (name: string) {
      for (let i = 0; i < 2; i++) {
        yield* sleep(name.length / 10);
        yield* barrier.wait();
        through++;
      }
      return 'through';
    });
    for (const name of ['a', 'bb', 'ccc', 'dddd']) {
      play(name, party(name), { value: 'through', mayWait: (victim) => victim !== null && barrier.nWaiting === 1 });
    }
    check((victim) => (victim === null && through !== 8 ? `${through} came through` : undefined));
  },

  'barrier reset'({ play }) {
    const barrier = new Barrier(3);
    const party = coroutine(function* () {
      try {
        yield* barrier.wait();
      } catch (error) {
        if (!(error instanceof BrokenBarrierError)) throw error;
        return 'broken';
      }
      return 'through';
    });
    for (const name of ['a', 'b']) play(name, party(), { value: 'broken' });
    const breaker = (name: string, delay: number, work: () => ReturnType<Barrier['reset']>): void => {
      play(
        name,
        coroutine(function* () {
          yield* sleep(delay);
          yield* work();
        })(),
      );
    };
    breaker('reset', 0.1, () => barrier.reset());
    breaker('abort', 0.2, () => barrier.abort());
    play(
      'late',
      coroutine(function* () {
        yield* sleep(0.3);
        return yield* party();
      })(),
      { value: 'broken', mayWait: (victim) => victim === 'abort' },
    );
  },
};
