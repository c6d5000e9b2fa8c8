import { expect, test } from '@jest/globals';
import { createOutbox } from '../../../kernel/wire/outbox.ts';

test('sends never overlap and keep their order, and a failed one does not stop the next', async () => {
  const sent: number[] = [];
  const log: string[] = [];
  let busy = false;
  const outbox = createOutbox<number>(
    async (entry) => {
      if (busy) throw new Error('EBUSY');
      busy = true;
      await new Promise((resolve) => setImmediate(resolve));
      busy = false;
      if (entry === 2) throw new Error('cannot');
      sent.push(entry);
    },
    (line) => log.push(line),
  );
  for (const entry of [1, 2, 3]) outbox.push(entry);
  expect(outbox.last()).toBe(3);
  setImmediate(() => outbox.push(4));
  await outbox.flushed();
  expect(sent).toEqual([1, 3, 4]);
  expect(log).toEqual(['a message could not be sent: cannot']);
  expect(outbox.last()).toBeUndefined();
});

test('a welcome goes before all that waits, also before what is left of a batch', async () => {
  const sent: string[] = [];
  const outbox = createOutbox<string>(
    async (entry) => {
      sent.push(entry);
      if (entry === 'first') outbox.pushFirst('welcome of the second client');
    },
    (line) => sent.push(line),
  );
  outbox.push('first');
  outbox.push('second');
  outbox.pushFirst('welcome');
  await outbox.flushed();
  expect(sent).toEqual(['welcome', 'first', 'welcome of the second client', 'second']);
});
