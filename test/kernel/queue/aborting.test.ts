// A cell that was on its way when an earlier one failed is aborted like those that were queued.

import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type FakeKernel, failed, startFake } from '../fake.ts';

let fake: FakeKernel;
beforeEach(async () => {
  fake = await startFake();
  fake.scripts.set('bad', () => failed('Error'));
});
afterEach(() => fake.close());

const status = async (code: string, date: string) => {
  const { reply } = await fake.client.request('execute_request', { code }, { header: { date } });
  return reply.content.status;
};

test('cells sent before the client can have seen the failure are aborted; later ones run', async () => {
  const date = '2026-01-01T12:00:00.123Z'; // The client's clock may be wrong by any amount.
  expect(await status('bad', date)).toBe('error');
  expect(await status('one', date)).toBe('aborted');
  expect(await status('two', date)).toBe('aborted');
  expect(await status('three', '2026-01-01T12:00:09.000Z')).toBe('ok');
  expect(fake.executed).toHaveLength(2);
});

test('a message without a readable date is never taken for one on its way', async () => {
  expect(await status('bad', 'yesterday')).toBe('error');
  expect(await status('good', 'yesterday')).toBe('ok');
});
