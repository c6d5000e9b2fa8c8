import { expect, test } from '@jest/globals';
import { notebook } from './notebook.ts';

test('built-in modules, packages and local files import as from a file beside the notebook', async () => {
  const files = {
    'node_modules/both/package.json': JSON.stringify({
      name: 'both',
      version: '1.0.0',
      exports: { '.': { import: './index.mjs', require: './index.cjs' } },
    }),
    'node_modules/both/index.mjs': 'export const form = "esm";',
    'node_modules/both/index.cjs': 'exports.form = "cjs";',
    'counter.ts': 'export let n: number = 1; export default n;',
  };
  const answer = await notebook(
    files,
    `report([
      typeof (await cell('node:fs')).readFileSync, typeof (await cell('fs')).readFileSync,
      (await cell('both')).form, loader.require('both').form,
      (await cell('./counter.ts')).n, loader.require('./counter').default, typeof loader.require('fs').readFileSync,
    ])`,
  );
  expect(answer).toEqual(['function', 'function', 'esm', 'cjs', 1, 1, 'function']);
});

test("a cell's import.meta and require are those of the notebook", async () => {
  const answer = await notebook(
    { 'a.ts': 'export const a = 1;' },
    `const { url, filename, dirname, resolve, main } = loader.meta;
    await cell('./a.ts'); write({ 'a.ts': 'export const a = 2;' }); await cell('./a.ts');
    report({ url, filename, dirname, main, a: resolve('./a.ts'), none: resolve('./none.txt'), fs: resolve('fs'),
      required: loader.require.resolve('./a') })`,
  );
  expect(answer).toEqual({
    url: 'file://<notebook>/lesson.ipynb',
    filename: '<notebook>/lesson.ipynb',
    dirname: '<notebook>',
    main: true,
    a: 'file://<notebook>/a.ts',
    none: 'file://<notebook>/none.txt',
    fs: 'node:fs',
    required: '<notebook>/a.ts',
  });
});

test('cokernel is the running instance, whoever imports it and by whatever means', async () => {
  const files = {
    'local.ts': 'import { me } from "cokernel"; export { me };',
    'local.cts': 'exports.me = require("cokernel").me;',
    'node_modules/cokernel/package.json': '{ "name": "cokernel", "version": "9.9.9" }',
    'node_modules/cokernel/index.js': 'exports.me = "another instance";',
    'node_modules/esm/package.json': '{ "name": "esm", "version": "1.0.0", "type": "module", "main": "index.js" }',
    'node_modules/esm/index.js': 'export { me } from "cokernel";',
    'node_modules/cjs/package.json': '{ "name": "cjs", "version": "1.0.0" }',
    'node_modules/cjs/index.js': 'exports.me = require("cokernel").me;',
  };
  const answer = await notebook(
    files,
    `const { me } = await cell('cokernel');
    const others = [loader.require('cokernel')];
    for (const each of ['./local.ts', './local.cts', 'esm', 'cjs']) others.push(await cell(each));
    report(others.map((other) => other.me === me))`,
  );
  expect(answer).toEqual([true, true, true, true, true]);
});

test('JSON imports with and without an attribute, and by require', async () => {
  const answer = await notebook(
    { 'data.json': '{ "a": 1, "b c": 2 }' },
    `report([
      { ...(await cell('./data.json')) }, { ...(await cell('./data.json', { type: 'json' })) }, loader.require('./data'),
    ])`,
  );
  const value = { a: 1, 'b c': 2 };
  expect(answer).toEqual([{ ...value, default: value }, { default: value }, value]);
});

test('data:, file: and absolute imports work, and so do names with unusual characters', async () => {
  const answer = await notebook(
    { 'odd #1 100%.ts': 'export const odd = true;' },
    `const path = process.cwd() + '/odd #1 100%.ts';
    const { pathToFileURL } = await cell('node:url');
    report([
      (await cell('data:text/javascript,export default 4')).default,
      (await cell(path)).odd, (await cell(pathToFileURL(path).href)).odd, (await cell('./odd #1 100%.ts')).odd,
    ])`,
  );
  expect(answer).toEqual([4, true, true, true]);
});

test('top-level await and dynamic imports work in local files, relative to them', async () => {
  const files = {
    'lib/outer.ts':
      'export const later = () => import("./inner"); export const v = await new Promise<number>((r) => setTimeout(r, 1, 5));',
    'lib/inner.ts': 'export const inner: string = "inner";',
  };
  const answer = await notebook(
    files,
    `const { v, later } = await cell('./lib/outer'); report([v, (await later()).inner])`,
  );
  expect(answer).toEqual([5, 'inner']);
});

test('a module evaluates under the asynchronous context of the cell that imports it', async () => {
  const answer = await notebook(
    { 'who.ts': 'export const who = globalThis.context.getStore();' },
    `const { AsyncLocalStorage } = await cell('node:async_hooks');
    globalThis.context = new AsyncLocalStorage();
    report((await context.run('cell 3', () => cell('./who.ts'))).who)`,
  );
  expect(answer).toBe('cell 3');
});

test('a type imported or re-exported without the word type does not make the import fail', async () => {
  const files = {
    'types.ts': 'export interface Point { x: number } export type Name = string; export const origin = { x: 0 };',
    'unused.ts': 'import { Point, Name, origin } from "./types"; const p: Point = origin; export const x = p.x;',
    'again.ts': 'export { Point, Name as Title, origin } from "./types";',
    'through.ts': 'import { Point, origin } from "./again"; export { Point, origin };',
  };
  const answer = await notebook(
    files,
    `report([(await cell('./unused')).x, Object.keys(await cell('./again')), Object.keys(await cell('./through'))])`,
  );
  expect(answer).toEqual([0, ['origin'], ['origin']]);
});

test('an import that V8 terminated half-way is made again, and the files it had finished are kept', async () => {
  const files = {
    'spin.ts':
      'globalThis.spins = (globalThis.spins ?? 0) + 1; if (globalThis.spins < 2) globalThis.strike(); while (globalThis.spins < 2); export const done = true;',
    'kept.ts': 'globalThis.kept = (globalThis.kept ?? 0) + 1;',
    'outer.ts': 'import "./kept"; export { done } from "./spin";',
    'spin.cjs':
      'globalThis.turns = (globalThis.turns ?? 0) + 1; if (globalThis.turns < 2) globalThis.strike(); while (globalThis.turns < 2); exports.done = true;',
    'node_modules/spun/package.json': '{ "name": "spun", "version": "1.0.0", "type": "module", "main": "index.js" }',
    'node_modules/spun/index.js':
      'globalThis.spun = (globalThis.spun ?? 0) + 1; if (globalThis.spun < 2) globalThis.strike(); while (globalThis.spun < 2); export const done = true;',
  };
  const answer = await notebook(
    files,
    `import { Worker } from 'node:worker_threads';
    const watcher = new Worker(\`
      const { parentPort } = require('node:worker_threads');
      const { Session } = require('node:inspector');
      const session = new Session();
      session.connectToMainThread();
      parentPort.on('message', () => session.post('Runtime.terminateExecution', () => parentPort.postMessage('struck')));
      parentPort.postMessage('ready');
    \`, { eval: true });
    await new Promise((ready) => watcher.once('message', ready));
    globalThis.strike = () => watcher.postMessage('strike');
    const done = [];
    for (const each of ['./outer', './spin.cjs', 'spun']) {
      await new Promise((struck) => {
        watcher.once('message', struck);
        setImmediate(() => void cell(each));
      });
      loader.interrupted();
      done.push((await cell(each)).done);
    }
    await watcher.terminate();
    report([done, globalThis.kept]);`,
  );
  expect(answer).toEqual([[true, true, true], 1]);
});
