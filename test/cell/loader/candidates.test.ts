import { expect, test } from '@jest/globals';
import { notebook } from './notebook.ts';

test('an import may leave out the extension, name the .js that a .ts will become, or name a folder', async () => {
  const named = (name: string) => `export const name = '${name}';`;
  const answer = await notebook(
    {
      'a.ts': named('a.ts'),
      'b.tsx': named('b.tsx'),
      'c.mts': named('c.mts'),
      'd.cts': 'exports.name = "d.cts";',
      'e.js': named('e.js'),
      'e.ts': named('e.ts'),
      'f.test.ts': named('f.test.ts'),
      'folder/index.ts': named('folder/index.ts'),
      'entry/package.json': '{ "main": "lib/entry" }',
      'entry/lib/entry.ts': named('entry/lib/entry.ts'),
      'twin.ts': named('twin.ts'),
      'twin/index.ts': named('twin/index.ts'),
    },
    `const seen = {};
    for (const each of ['./a', './a.js', './b', './b.js', './b.jsx', './c.mjs', './d.cjs', './d', './e', './e.js',
      './f.test', './folder', './folder/', './entry', './twin', './twin/']) seen[each] = (await cell(each)).name;
    report(seen)`,
  );
  expect(answer).toEqual({
    './a': 'a.ts',
    './a.js': 'a.ts',
    './b': 'b.tsx',
    './b.js': 'b.tsx',
    './b.jsx': 'b.tsx',
    './c.mjs': 'c.mts',
    './d.cjs': 'd.cts',
    './d': 'd.cts',
    './e': 'e.ts',
    './e.js': 'e.js',
    './f.test': 'f.test.ts',
    './folder': 'folder/index.ts',
    './folder/': 'folder/index.ts',
    './entry': 'entry/lib/entry.ts',
    './twin': 'twin.ts',
    './twin/': 'twin/index.ts',
  });
});
