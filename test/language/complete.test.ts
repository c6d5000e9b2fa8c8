// Completion, case by case: code with the cursor marked, and what is offered for which text.

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { cells, files, table } from './cases/complete.ts';
import { openNotebook, type TestNotebook } from './notebook.ts';

let notebook: TestNotebook;

beforeAll(async () => {
  notebook = openNotebook({ files });
  for (const cell of cells) await notebook.run(cell);
});
afterAll(() => notebook.end());

for (const [title, cases] of Object.entries(table)) {
  describe(title, () => {
    for (const wanted of cases) {
      test(wanted.code, async () => {
        const { matches, replaced, types, cursorStart, cursorEnd } = await notebook.complete(wanted.code);
        if (wanted.all) expect(matches).toEqual(wanted.all);
        if (wanted.some) expect(matches).toEqual(expect.arrayContaining([...wanted.some]));
        for (const one of wanted.none ?? []) expect(matches).not.toContain(one);
        expect(replaced).toBe(wanted.replaced ?? '');
        expect(types.map(({ text }) => text)).toEqual(matches);
        for (const { start, end } of types) expect([start, end]).toEqual([cursorStart, cursorEnd]);
        if (wanted.type) expect(types[0]?.type).toBe(wanted.type);
        if (wanted.signature) expect(types[0]?.signature).toBe(wanted.signature);
      });
    }
  });
}

test('earlier cells’ names come before all other globals', async () => {
  const { matches } = await notebook.complete('‸');
  expect(matches.slice(0, 3)).toEqual(['Animal', 'Color', 'Space']);
  expect(matches).toEqual(expect.arrayContaining(['console', 'process', 'const', 'greet']));
  expect(matches.filter((name) => name.includes('cokernel'))).toEqual([]);
});

test('a value whose type is any offers its live keys', async () => {
  notebook.live.set('anything', {
    keys: [
      { name: 'live', kind: 'number' },
      { name: 'a b', kind: 'number' },
      { name: 'other', kind: 'function' },
    ],
  });
  const { matches, replaced, types } = await notebook.complete('anything.li‸');
  expect({ matches, replaced }).toEqual({ matches: ['live'], replaced: 'li' });
  expect(types).toEqual([{ start: 9, end: 11, text: 'live', type: 'number', signature: '' }]);
  const keys = async (code: string) => {
    const { matches, replaced } = await notebook.complete(code);
    return [replaced, ...matches];
  };
  expect(await keys('anything["‸"]')).toEqual(['', 'live', 'a b', 'other']);
  expect(await keys("anything['a ‸")).toEqual(['a ', 'a b']);
  expect(await keys('"anything[\\"‸"')).toEqual(['']);
  expect(await keys('// anything["‸')).toEqual(['']);
});

test.each([-1, 0.5, 7, 1e9, Number.NaN])('a cursor at %p of six code points gets an empty answer', async (cursor) => {
  const nowhere = { matches: [], cursorStart: 0, cursorEnd: 0, types: [] };
  expect(await notebook.language.complete('point.', cursor)).toEqual(nowhere);
  expect(await notebook.language.inspect('point.', cursor, 0)).toEqual({ found: false, data: {}, metadata: {} });
});

test('a cursor inside a surrogate pair, and a megabyte of code, get answers', async () => {
  expect((await notebook.language.complete('\ud83d', 1)).matches).toEqual([]);
  expect((await notebook.language.complete(`${'//'.repeat(500_000)}\npoint.`, 1_000_007)).matches).toEqual([]);
});
