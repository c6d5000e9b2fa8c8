// Breakpoints and steps beyond cells: local files in both module formats, async generators, npm packages.

import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test } from '@jest/globals';
import { cleanUp } from '../client.ts';
import { type Debugging, debugging } from './debugger.ts';

let folder: string;
let on: Debugging;

beforeEach(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'cokernel-debug-')));
  on = await debugging({ cwd: folder });
});
afterEach(async () => {
  await on.kernel.stop();
  rmSync(folder, { recursive: true, force: true });
});
afterAll(cleanUp);

function write(name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

const breakIn = async (path: string, line: number) =>
  (await on.body('setBreakpoints', { source: { path }, breakpoints: [{ line }] })).breakpoints;

const HELP = `interface Sized {
  n: number;
}
export function double(it: Sized): number {
  const two: number = 2;
  return it.n * two;
}
export const atOnce = double({ n: 1 });
`;

test('a local file stops on its own line while it is loaded for the first time, and in its functions later', async () => {
  const path = write('help.ts', HELP);
  expect(await breakIn(path, 6)).toMatchObject([{ verified: true, line: 6 }]);
  const load = on.run("import { double } from './help.ts';");
  const first = await on.stopped();
  expect(first.frames.slice(0, 2)).toMatchObject([
    { name: 'double', line: 6, source: { name: 'help.ts', path } },
    { line: 8, source: { path } },
  ]);
  expect(await on.scope(first.frames[0], 'Local')).toEqual(expect.arrayContaining(['it = {n: 1}', 'two = 2']));
  expect((await on.body('source', { source: { path } })).content).toBe(HELP);
  expect((await on.body('modules', {})).modules).toEqual([{ id: path, name: 'help.ts', path }]);
  await on.go();
  await load;
  const run = on.run('double({ n: 21 })');
  const later = await on.stopped();
  expect(later.stack).toEqual(['double:6', 'Cell [2]:1']);
  expect((await on.body('evaluate', { expression: 'it.n + two', frameId: later.frames[0]?.id })).result).toBe('23');
  await on.go();
  expect((await run).outputs.at(-1)?.content.data['text/plain']).toBe('42');
});

test('a CommonJS file stops on its own line', async () => {
  const path = write('old.cts', 'const n: number = 20;\nexports.answer = () => {\n  return n + 22;\n};\n');
  await breakIn(path, 3);
  const run = on.run("const old = require('./old.cts');\nold.answer()");
  const { frames } = await on.stopped();
  expect(frames[0]).toMatchObject({ line: 3, source: { path } });
  await on.go();
  expect((await run).outputs.at(-1)?.content.data['text/plain']).toBe('42');
});

test('a file that was loaded before the debugger was on stops too', async () => {
  await on.body('disconnect', {});
  const path = write('help.ts', HELP);
  await on.run("import { double } from './help.ts';");
  await on.body('initialize', { clientID: 'jupyterlab' });
  await on.body('attach', {});
  await breakIn(path, 5);
  const run = on.run('double({ n: 2 })');
  expect((await on.stopped()).stack).toEqual(['double:5', 'Cell [2]:1']);
  await on.go();
  await run;
});

test('an async generator, native or of the library, stops on its own lines, and next stays in it', async () => {
  const code = `import { asyncGenerator, sleep } from 'cokernel';
const count = asyncGenerator(async function* (n: number) {
  for (let i = 0; i < n; i++) {
    await sleep(0);
    yield i;
  }
});
let sum = 0;
for await (const i of count(3)) {
  sum += i;
}
sum`;
  await on.breakAt(code, 4);
  const run = on.run(code);
  expect((await on.stopped()).stack[0]).toMatch(/:4$/);
  await on.breakAt(code);
  expect((await on.step('next')).stack[0]).toMatch(/:5$/);
  await on.go();
  expect((await run).outputs.at(-1)?.content.data['text/plain']).toBe('3');
});

test('a package: a breakpoint in it stops, a step passes over it, and just my code can be switched off', async () => {
  const path = write('node_modules/tea/index.js', 'exports.brew = (n) => {\n  const m = n + 1;\n  return m;\n};\n');
  write('node_modules/tea/package.json', '{ "name": "tea", "version": "1.0.0", "main": "index.js" }');
  const code = "import { brew } from 'tea';\nconst one = 1;\nconst two = brew(one);\ntwo";
  await on.breakAt(code, 3);
  const run = on.run(code);
  await on.stopped();
  expect((await on.step('stepIn')).stack).toEqual(['Cell [1]:4']);
  await on.go();
  await run;
  await breakIn(path, 3);
  const again = on.run(code);
  await on.stopped();
  await on.go();
  const { frames } = await on.stopped();
  expect(frames[0]).toMatchObject({ line: 3, source: { path }, presentationHint: 'subtle' });
  await on.go();
  await again;
  await on.body('disconnect', {});
  await on.body('attach', { justMyCode: false });
  await on.breakAt(code, 3);
  const third = on.run(code);
  await on.stopped();
  expect((await on.step('stepIn')).frames[0]).toMatchObject({ line: 2, source: { path } });
  await on.go();
  await third;
});
