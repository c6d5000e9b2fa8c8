// Lesson "Three guests, three forks": one order of locks for all.

import { coroutine, createTask, Lock, sleep, TimeoutError, timeout } from 'cokernel';
import { call } from './answer.ts';
import { check, Wrong } from './verdict.ts';

interface Account {
  readonly number: number;
  balance: number;
  readonly lock: Lock;
}

const open = (number: number, balance: number): Account => ({
  number,
  balance,
  lock: new Lock({ name: `account ${number}` }),
});

/** `transfer(from, to, sum)` holds both locks while it moves the money, and takes them in the order of the numbers. */
export const checkTransfer = check(
  'Both took the locks in the same order, so there was no ring.',
  coroutine(function* (transfer: unknown) {
    const [one, two] = [open(1, 100), open(2, 100)];
    const guarded = yield* bothWays(transfer, one, two);
    if (one.balance + two.balance !== 200)
      throw new Wrong(`together the accounts had 200. Now they have ${one.balance + two.balance}.`);
    if (one.balance !== 80 || two.balance !== 120)
      throw new Wrong(`the accounts should have 80 and 120. They have ${one.balance} and ${two.balance}.`);
    if (one.lock.locked() || two.lock.locked())
      throw new Wrong('a lock is still held. Write using one = await lock.acquire().');
    if (!guarded)
      throw new Wrong('money was moved while somebody else held the lock of an account. Acquire both locks.');
  }),
);

/** Moves 50 one way and 30 the other way at once, where each has to wait for its first lock. False if one did not wait. */
const bothWays = coroutine(function* (transfer: unknown, one: Account, two: Account) {
  const held = [yield* one.lock.acquire(), yield* two.lock.acquire()];
  const tasks = [
    createTask(call('transfer', transfer, one, two, 50), { name: 'one to two' }),
    createTask(call('transfer', transfer, two, one, 30), { name: 'two to one' }),
  ];
  yield* sleep(0.01);
  const guarded = one.balance === 100 && two.balance === 100;
  for (const lock of held) lock[Symbol.dispose]();
  try {
    yield* timeout(1, function* () {
      for (const task of tasks) yield* task;
    });
  } catch (error) {
    if (!(error instanceof TimeoutError)) throw error;
    throw new Wrong(
      'there is a deadlock. Each holds the lock of one account and waits for the other. Take the lock with the smaller number first.',
    );
  } finally {
    for (const task of tasks) task.cancel();
  }
  return guarded;
});
