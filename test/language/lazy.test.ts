// The language service before it is loaded, or while it is held back: every question is answered, whatever becomes of it.

import { expect, test } from '@jest/globals';
import type { Diagnostic, Language } from '../../kernel/language/language.ts';
import { createLazyLanguage } from '../../kernel/language/lazy.ts';

const found: Diagnostic = { code: 1, line: 1, column: 1, severity: 'error', message: 'm', text: 't' };

function serviceThat(remembers: string[]): Language {
  return {
    mode: 'warn',
    complete: async () => ({ matches: [], cursorStart: 0, cursorEnd: 0, types: [] }),
    inspect: async () => ({ found: false, data: {}, metadata: {} }),
    diagnose: async (count) => {
      remembers.push(`checked ${count}`);
      return [found];
    },
    cellRan: ({ count }) => void remembers.push(`ran ${count}`),
    forget: () => void remembers.push('forgot'),
    close: async () => {},
  };
}

function lazily(language: () => Promise<Language | undefined>) {
  return createLazyLanguage({ language, mode: 'warn', log: () => {} });
}

/** What a promise has settled to after some turns of Node's loop, or 'nothing'. */
async function soon<Value>(promise: Promise<Value>): Promise<Value | 'nothing'> {
  let settled: Value | 'nothing' = 'nothing';
  void promise.then((value) => {
    settled = value;
  });
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
  return settled;
}

test('a check that waits while cells run is answered as nothing when a fresh cell process forgets them', async () => {
  const remembers: string[] = [];
  const lazy = lazily(async () => serviceThat(remembers));
  lazy.hold();
  const check = lazy.diagnose(1, 'x');
  lazy.forget();
  expect(await soon(check)).toEqual([]);
  lazy.release();
  expect(await soon(lazy.diagnose(2, 'y'))).toEqual([found]);
  expect(remembers).toEqual(['checked 2']);
});

test.each([
  ['there is no service', async () => undefined],
  [
    'the service cannot be loaded',
    async () => {
      throw new Error('gone');
    },
  ],
])('a check that waits is answered as nothing where %s', async (_, language) => {
  const lazy = lazily(language);
  lazy.hold();
  const check = lazy.diagnose(1, 'x');
  lazy.release();
  expect(await soon(check)).toEqual([]);
});

test('where there is no service, a later check that waits is answered as nothing too', async () => {
  const lazy = lazily(async () => undefined);
  await lazy.load();
  lazy.hold();
  expect(await soon(lazy.diagnose(1, 'x'))).toEqual([]);
});

test('a check that waits is answered as nothing when the kernel ends', async () => {
  const lazy = lazily(async () => serviceThat([]));
  lazy.hold();
  const check = lazy.diagnose(1, 'x');
  await lazy.close();
  expect(await soon(check)).toEqual([]);
});
