import { expect, test } from '@jest/globals';
import { notebook } from './notebook.ts';

test('a package installed after a failed import and a failed require is found without a restart', async () => {
  const answer = await notebook(
    {
      'node_modules/asks/package.json': '{ "name": "asks", "version": "1.0.0" }',
      'node_modules/asks/index.js': 'try { require("late") } catch (e) { exports.code = e.code }',
      'uses.ts': 'import late from "late"; export { late };',
    },
    `const seen = [(await failing('late')).split(':')[0], (await cell('asks')).code, (await failing('./uses')).split(':')[0]];
    try { loader.require('late') } catch (e) { seen.push(e.code) }
    write({
      'node_modules/late/package.json': '{ "name": "late", "version": "1.0.0", "main": "lib.js" }',
      'node_modules/late/lib.js': 'module.exports = "here"',
    });
    seen.push((await cell('late')).default, loader.require('late'), (await cell('./uses')).late);
    report(seen)`,
  );
  expect(answer).toEqual([
    'ERR_MODULE_NOT_FOUND',
    'MODULE_NOT_FOUND',
    'ERR_MODULE_NOT_FOUND',
    'MODULE_NOT_FOUND',
    'here',
    'here',
    'here',
  ]);
});

test('a package whose version changed asks for a restart and names both versions', async () => {
  const answer = await notebook(
    {
      'node_modules/p/package.json': '{ "name": "p", "version": "1.0.0" }',
      'node_modules/p/index.js': 'exports.v = 1',
    },
    `const seen = [(await cell('p')).v];
    write({ 'node_modules/p/package.json': '{ "name": "p", "version": "2.1.0" }' });
    seen.push(await failing('p'));
    write({ 'node_modules/p/package.json': '{ "name": "p", "version": "1.0.0" }' });
    seen.push((await cell('p')).v);
    report(seen)`,
  );
  expect(answer).toEqual([
    1,
    "ERR_PACKAGE_CHANGED: The package 'p' was imported at version 1.0.0 and is now version 2.1.0 (<notebook>/node_modules/p).\n" +
      'A running process cannot exchange a package. Restart the kernel to use the new version.',
    1,
  ]);
});

test('#names follow the "imports" of package.json, by pattern and condition, and are reread after an edit', async () => {
  const answer = await notebook(
    {
      'package.json': JSON.stringify({
        imports: {
          '#one': './src/one.ts',
          '#src/*': './src/*.ts',
          '#src/special/*': { require: './src/no.ts', default: './src/one.ts' },
          '#fs': 'node:fs',
          '#dep': 'dep',
        },
      }),
      'src/one.ts': 'export const name = "one";',
      'src/two.ts': 'export { name } from "#one";',
      'node_modules/dep/package.json': '{ "name": "dep", "version": "1.0.0" }',
      'node_modules/dep/index.js': 'exports.name = "dep"',
    },
    `const seen = [];
    for (const each of ['#one', '#src/two', '#src/special/x', '#dep']) seen.push((await cell(each)).name);
    seen.push(typeof (await cell('#fs')).readFileSync, await failing('#none'));
    write({ 'package.json': '{ "imports": { "#none": "./src/two.ts" } }' });
    seen.push((await cell('#none')).name === undefined, await failing('#one'));
    report(seen)`,
  );
  expect(answer).toEqual([
    'one',
    'one',
    'one',
    'dep',
    'function',
    "ERR_PACKAGE_IMPORT_NOT_DEFINED: Cannot find '#none', imported by the notebook.\n" +
      'The "imports" of <notebook>/package.json define #one, #src/*, #src/special/*, #fs, #dep',
    false,
    "ERR_PACKAGE_IMPORT_NOT_DEFINED: Cannot find '#one', imported by the notebook.\n" +
      'The "imports" of <notebook>/package.json define #none',
  ]);
});

test('a linked package outside node_modules is local: it is compiled, and reread after an edit', async () => {
  const answer = await notebook(
    {
      'packages/mine/package.json': '{ "name": "mine", "version": "1.0.0", "exports": "./mine.ts" }',
      'packages/mine/mine.ts': 'export const v: number = 1;',
    },
    `import { mkdirSync, symlinkSync } from 'node:fs';
    mkdirSync('node_modules');
    symlinkSync(process.cwd() + '/packages/mine', 'node_modules/mine', 'junction');
    const seen = [(await cell('mine')).v];
    write({ 'packages/mine/mine.ts': 'export const v: number = 2;' });
    seen.push((await cell('mine')).v);
    report(seen)`,
  );
  expect(answer).toEqual([1, 2]);
});
