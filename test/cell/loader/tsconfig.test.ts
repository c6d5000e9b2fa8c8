import { expect, test } from '@jest/globals';
import { notebook } from './notebook.ts';

test('aliases of the nearest tsconfig.json and of those it extends apply, and are reread after an edit of either', async () => {
  const answer = await notebook(
    {
      'tsconfig.json': '{ "extends": "./base.json", "compilerOptions": { "jsx": "react-jsx" } }',
      'base.json':
        '{ "compilerOptions": { "experimentalDecorators": true, "paths": { "@/*": ["./none/*", "./src/*"] } } }',
      'src/a.ts': 'export { b } from "@/b";',
      'src/b.ts': 'export const b = 1;',
    },
    `const seen = [(await cell('@/a')).b, loader.tsconfig().experimentalDecorators, loader.tsconfig().jsx];
    write({ 'base.json': '{ "compilerOptions": { "paths": { "$/*": ["./src/*"] } } }' });
    seen.push((await cell('$/b')).b, (await failing('@/b')).split(':')[0], loader.tsconfig().experimentalDecorators ?? 'gone');
    write({ 'tsconfig.json': '{ "compilerOptions": { "baseUrl": "./src" } }' });
    seen.push((await cell('b')).b);
    report(seen)`,
  );
  expect(answer).toEqual([1, true, 'react-jsx', 1, 'ERR_MODULE_NOT_FOUND', 'gone', 1]);
});

test('without a tsconfig.json there are no options, and nothing is loaded to read one', async () => {
  const answer = await notebook(
    { 'a.ts': 'export const a = 1;' },
    `const { a } = await cell('./a');
    const loaded = Object.keys(loader.require.cache).filter((path) => path.includes('get-tsconfig'));
    report([a, loader.tsconfig() ?? 'none', loaded])`,
  );
  expect(answer).toEqual([1, 'none', []]);
});

test('a tsconfig.json that does not parse is named in the error', async () => {
  const answer = await notebook(
    { 'tsconfig.json': '{ "extends": "./none.json" }' },
    `report(await failing('some-package'))`,
  );
  expect(answer).toMatch(/<notebook>\/tsconfig\.json cannot be read: .*none\.json/);
});
