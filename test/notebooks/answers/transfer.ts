// Lesson "Three guests, three forks": answers to its exercise, and what the check must say of the wrong ones.

import { coroutine, type Lock } from '../../../runtime/asyncio/index.ts';
import type { Answers } from './answers.ts';

interface Account {
  readonly number: number;
  balance: number;
  readonly lock: Lock;
}

type Order = (from: Account, to: Account) => readonly Account[];

const transfer = (order: Order, factor = 1, release = true) =>
  coroutine(function* (from: Account, to: Account, sum: number) {
    const held = [];
    for (const { lock } of order(from, to)) held.push(yield* lock.acquire());
    from.balance -= sum;
    to.balance += sum * factor;
    if (release) for (const one of held) one[Symbol.dispose]();
  });

const byNumber: Order = (from, to) => [from, to].sort((left, right) => left.number - right.number);

export const checkTransfer: Answers = {
  right: [transfer(byNumber), transfer((from, to) => [...byNumber(from, to)].reverse())],
  wrong: [
    [transfer((from, to) => [from, to]), /there is a deadlock/],
    [transfer((from, to) => [to, from]), /there is a deadlock/],
    [transfer(() => []), /while somebody else held the lock/],
    [transfer(byNumber, 2), /Now they have 280/],
    [transfer(byNumber, 1, false), /there is a deadlock/],
    [coroutine(function* () {}), /should have 80 and 120\. They have 100 and 100\./],
  ],
};
