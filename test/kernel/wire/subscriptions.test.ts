// What counts against the limit of the iopub socket, by a clock of the test's own.

import { expect, test } from '@jest/globals';
import { countSubscriptions } from '../../../kernel/wire/subscriptions.ts';

/** Each counts 256 bytes, so that 256 are the limit. */
const topicOf = (index: number) => String(index).padEnd(192, 'q');
const LIMIT = 256;

function start() {
  let now = 0;
  const subscriptions = countSubscriptions(() => now);
  return {
    subscribe: (index: number) => subscriptions.count(Buffer.from(`\u0001${topicOf(index)}`)),
    unsubscribe: (index: number) => subscriptions.count(Buffer.from(`\u0000${topicOf(index)}`)),
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
  };
}

test('what is subscribed counts for ever', () => {
  const { subscribe, pass } = start();
  for (let index = 0; index < LIMIT; index++) {
    expect(subscribe(index)).toBe(true);
    pass(100);
  }
  expect(subscribe(LIMIT)).toBe(false);
});

test('an ended subscription still counts for a moment, so that cycles are noticed', () => {
  const { subscribe, unsubscribe } = start();
  for (let index = 0; index < LIMIT; index++) {
    expect(subscribe(index)).toBe(true);
    expect(unsubscribe(index)).toBe(true);
  }
  expect(subscribe(LIMIT)).toBe(false);
});

test('clients that come and go for a long time are no flood', () => {
  const { subscribe, unsubscribe, pass } = start();
  for (let index = 0; index < 20 * LIMIT; index++) {
    expect(subscribe(index)).toBe(true);
    pass(10);
    expect(unsubscribe(index)).toBe(true);
  }
});

test('what ends no subscription counts too', () => {
  const { unsubscribe } = start();
  for (let index = 0; index < LIMIT; index++) expect(unsubscribe(index)).toBe(true);
  expect(unsubscribe(LIMIT)).toBe(false);
});
