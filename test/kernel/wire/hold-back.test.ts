import { expect, test } from '@jest/globals';
import { createHoldBack } from '../../../kernel/wire/hold-back.ts';

interface Entry {
  readonly name: string;
  readonly long?: Promise<void>;
  readonly aside?: boolean;
}

function holdBack() {
  const passed: string[] = [];
  const log: string[] = [];
  const entries = createHoldBack<Entry>({
    pass: ({ name }) => passed.push(name),
    prepare: (entry) => entry.long?.then(() => entry),
    isAside: ({ aside }) => aside === true,
    log: (line) => log.push(line),
  });
  return { entries, passed, log };
}

test('what takes long holds back what comes behind it, in order, but not what has nothing to do with it', async () => {
  const { entries, passed } = holdBack();
  const [first, second] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  entries.push({ name: 'short' });
  entries.push({ name: 'long', long: first.promise });
  entries.push({ name: 'behind' });
  entries.push({ name: 'long too', long: second.promise });
  entries.push({ name: 'aside', aside: true });
  entries.push({ name: 'last' });
  expect(passed).toEqual(['short', 'aside']);
  expect(entries.last()?.name).toBe('last');
  first.resolve();
  await new Promise((resolve) => setImmediate(resolve));
  expect(passed).toEqual(['short', 'aside', 'long', 'behind']);
  second.resolve();
  await entries.passed();
  expect(passed).toEqual(['short', 'aside', 'long', 'behind', 'long too', 'last']);
  expect(entries.last()).toBeUndefined();
  entries.push({ name: 'at once' });
  expect(passed.at(-1)).toBe('at once');
});

test('an entry that cannot be prepared is left out, and those behind it pass', async () => {
  const { entries, passed, log } = holdBack();
  entries.push({ name: 'broken', long: Promise.reject(new Error('no memory')) });
  entries.push({ name: 'behind' });
  await entries.passed();
  expect(passed).toEqual(['behind']);
  expect(log).toEqual(['a message could not be sent: Error: no memory']);
});
