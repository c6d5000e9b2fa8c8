// The language service while cells run without a pause: what waits for it is bounded, and nobody waits for ever.

import { expect, test } from '@jest/globals';
import type { Diagnostic, Language, RanCell } from '../../kernel/language/language.ts';
import { createLazyLanguage } from '../../kernel/language/lazy.ts';

/** A service that notes what it is sent, and finds one error in each cell that it checks. */
async function heldService() {
  const sent: string[] = [];
  const error = (count: number): Diagnostic => ({
    ...{ code: 2322, line: 1, column: 1, severity: 'error', message: '' },
    text: `cell ${count}`,
  });
  const service = {
    mode: 'warn',
    async diagnose(count: number) {
      sent.push(`check ${count}`);
      return [error(count)];
    },
    cellRan: ({ count }: RanCell) => void sent.push(`ran ${count}`),
    forget() {},
    close: async () => {},
  } as unknown as Language;
  const lazy = createLazyLanguage({ language: async () => service, mode: 'warn', log: () => {} });
  await lazy.load();
  lazy.hold();
  return { lazy, sent };
}

const cell = (count: number, name: string, ok = true): RanCell => ({ count, source: '', declares: [name], ok });
const eventLoop = () => new Promise((resolve) => setImmediate(resolve));

test('after 20,000 cells without a pause the last 500 are checked, and each name is there once', async () => {
  const { lazy, sent } = await heldService();
  const answers: Promise<readonly Diagnostic[]>[] = [];
  for (let count = 1; count <= 20_000; count++) {
    answers.push(lazy.diagnose(count, ''));
    lazy.cellRan(cell(count, `name${count % 10}`));
  }
  lazy.release();
  const found = (await Promise.all(answers)).map((errors) => errors[0]?.text);
  while (!sent.includes('ran 20000')) await eventLoop();
  const checked = found.filter((text) => text !== undefined);
  expect(checked.length).toBeGreaterThanOrEqual(500);
  expect(checked.length).toBeLessThan(1_100);
  expect(checked.at(-1)).toBe('cell 20000');
  expect(sent.length).toBeLessThan(2_500);
});

test('a name that only an early cell declares is not lost, nor one that a failed cell may not have reached', async () => {
  const { lazy, sent } = await heldService();
  lazy.cellRan(cell(1, 'early'));
  lazy.cellRan(cell(2, 'twice'));
  lazy.cellRan(cell(3, 'twice', false));
  for (let count = 4; count <= 5_000; count++) lazy.cellRan(cell(count, 'again'));
  lazy.release();
  while (!sent.includes('ran 5000')) await eventLoop();
  expect(sent.slice(0, 3)).toEqual(['ran 1', 'ran 2', 'ran 3']);
});

test.each(['forget', 'close'] as const)('%s answers the checks that wait, with nothing found', async (end) => {
  const { lazy, sent } = await heldService();
  const answer = lazy.diagnose(1, '');
  await lazy[end]();
  expect(await answer).toEqual([]);
  lazy.release();
  await eventLoop();
  expect(sent).toEqual([]);
});
