import { expect, test } from '@jest/globals';
import { notebook } from './notebook.ts';

test('an edited file is reread together with its importers, and other files keep their state', async () => {
  const files = {
    'outer.ts': 'import { middle } from "./middle"; export const outer = "outer " + middle;',
    'middle.ts': 'import { inner } from "./inner"; import "./bystander"; export const middle = "middle " + inner;',
    'inner.ts': 'export const inner = 1;',
    'bystander.ts': 'export let n = 0; export const add = () => ++n;',
  };
  const answer = await notebook(
    files,
    `const before = await cell('./outer');
    (await cell('./bystander')).add();
    const again = await cell('./outer');
    write({ 'inner.ts': 'export const inner = 2;' });
    report([before.outer, before === again, (await cell('./outer')).outer, (await cell('./bystander')).n, before.outer,
      compiled.map((path) => path.split('/').pop())])`,
  );
  expect(answer).toEqual([
    'outer middle 1',
    true,
    'outer middle 2',
    1,
    'outer middle 1',
    ['outer.ts', 'middle.ts', 'inner.ts', 'bystander.ts', 'outer.ts', 'middle.ts', 'inner.ts'],
  ]);
});

test('an edit within the same millisecond and of the same length is seen, and so is one made by the importing cell', async () => {
  const answer = await notebook(
    {},
    `const seen = [];
    for (let i = 100; i < 130; i++) {
      write({ 'quick.ts': 'export const v = ' + i });
      seen.push((await loader.import('./quick')).v);
    }
    report(seen.every((v, i) => v === 100 + i))`,
  );
  expect(answer).toBe(true);
});

test('a file that was only touched keeps its instance', async () => {
  const answer = await notebook(
    { 'a.ts': 'export const a = {};' },
    `import { utimesSync } from 'node:fs';
    const { a } = await cell('./a');
    utimesSync('a.ts', 1, 1);
    report([(await cell('./a')).a === a, (await cell('./a')).a === a])`,
  );
  expect(answer).toEqual([true, true]);
});

test('files that import each other are renewed together', async () => {
  const answer = await notebook(
    {
      'x.ts': 'import { y } from "./y"; export const x = 1; export const seen = () => y;',
      'y.ts': 'import { x } from "./x"; export const y = 1; export const seen = () => x;',
    },
    `const first = (await cell('./x')).seen();
    write({ 'y.ts': 'import { x } from "./x"; export const y = 2; export const seen = () => x;' });
    report([first, (await cell('./x')).seen(), (await cell('./y')).seen()])`,
  );
  expect(answer).toEqual([1, 2, 1]);
});

test('edited CommonJS files are reread, by import and by require', async () => {
  const answer = await notebook(
    {
      'outer.cjs': 'exports.inner = require("./inner").v; exports.file = __filename;',
      'inner.cts': 'const v: number = 1; module.exports = { v };',
    },
    `const seen = [loader.require('./outer.cjs'), (await cell('./outer.cjs')).default];
    write({ 'inner.cts': 'const v: number = 2; module.exports = { v };' });
    seen.push(loader.require('./outer.cjs'), (await cell('./outer.cjs')).default);
    report([seen, seen[2] === seen[3]])`,
  );
  const was = { inner: 1, file: '<notebook>/outer.cjs' };
  const is = { ...was, inner: 2 };
  expect(answer).toEqual([[was, was, is, is], true]);
});

test("a dynamic import inside a function sees an edit, and its own file's edit too", async () => {
  const answer = await notebook(
    { 'a.ts': 'export const go = () => import("./b");', 'b.ts': 'export const b = 1;' },
    `const { go } = await cell('./a');
    const seen = [(await go()).b];
    write({ 'b.ts': 'export const b = 2;' });
    loader.refresh();
    seen.push((await go()).b);
    report(seen)`,
  );
  expect(answer).toEqual([1, 2]);
});

test('a file or a package that failed while it ran runs again at the next import, but not its imports', async () => {
  const throwing = (name: string) =>
    `globalThis.${name} = (globalThis.${name} ?? 0) + 1; if (${name} < 3) throw new Error('turn ' + ${name});`;
  const answer = await notebook(
    {
      'fails.ts': `import './kept'; ${throwing('a')} export const ok = true;`,
      'kept.ts': 'globalThis.kept = (globalThis.kept ?? 0) + 1;',
      'fails.cjs': `${throwing('b')} exports.ok = true;`,
      'node_modules/failing/package.json':
        '{ "name": "failing", "version": "1.0.0", "type": "module", "main": "i.js" }',
      'node_modules/failing/i.js': `${throwing('c')} export const ok = true;`,
      'later.ts': 'export const go = () => import("./inside");',
      'inside.ts': `${throwing('d')} export const ok = true;`,
    },
    `const seen = [];
    for (const each of ['./fails', './fails.cjs', 'failing']) {
      for (let i = 0; i < 3; i++) seen.push(await cell(each).then((m) => m.ok, (e) => e.message));
    }
    const { go } = await cell('./later');
    for (let i = 0; i < 3; i++) {
      loader.refresh();
      seen.push(await go().then((m) => m.ok, (e) => e.message));
      await new Promise((turn) => setImmediate(turn));
    }
    report([seen, kept])`,
  );
  const each = ['turn 1', 'turn 2', true];
  expect(answer).toEqual([[...each, ...each, ...each, ...each], 1]);
});

test('a file that was missing or did not parse is found once it is there', async () => {
  const answer = await notebook(
    { 'a.ts': 'export { b } from "./b";', 'go.ts': 'export const go = () => import("./a");' },
    `const seen = [(await failing('./a')).split('\\n')[0]];
    const { go } = await cell('./go');
    seen.push(await go().catch((e) => e.code));
    write({ 'b.ts': 'export const b: = 1;' });
    seen.push((await failing('./a')).includes('b.ts:1:17'));
    write({ 'b.ts': 'export const b = 1;' });
    seen.push((await go()).b, (await cell('./a')).b);
    report(seen)`,
  );
  expect(answer).toEqual([
    "ERR_MODULE_NOT_FOUND: Cannot find the file './b', imported by <notebook>/a.ts.",
    'ERR_MODULE_NOT_FOUND',
    true,
    1,
    1,
  ]);
});

test('a deleted file is reported missing, and a new one in its place is read', async () => {
  const answer = await notebook(
    { 'a.ts': 'import { b } from "./b"; export { b };', 'b.ts': 'export const b = 1;' },
    `import { rmSync } from 'node:fs';
    const seen = [(await cell('./a')).b];
    rmSync('b.ts');
    seen.push((await failing('./a')).split(':')[0]);
    write({ 'b.ts': 'export const b = 1;' });
    seen.push((await cell('./a')).b);
    report(seen)`,
  );
  expect(answer).toEqual([1, 'ERR_MODULE_NOT_FOUND', 1]);
});

test('simultaneous imports share what they have in common, even if one of them fails', async () => {
  const answer = await notebook(
    {
      'a.ts': 'import { shared } from "./shared"; await 1; export const a = shared;',
      'b.ts': 'import { shared } from "./shared"; export const b = shared;',
      'bad.ts': 'import { shared } from "./shared"; import "./none";',
      'shared.ts': 'await 1; export const shared = {};',
    },
    `loader.refresh();
    const [{ a }, , { b }] = await Promise.all(
      [loader.import('./a'), loader.import('./bad').catch((e) => e), loader.import('./b')]);
    const { shared } = await cell('./shared');
    report([a === b, shared === a, compiled.filter((path) => path.endsWith('shared.ts')).length])`,
  );
  expect(answer).toEqual([true, true, 1]);
});
