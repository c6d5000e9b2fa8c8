import { SourceMap, type SourceMapping } from 'node:module';
import { expect, test } from '@jest/globals';
import { notebook } from './notebook.ts';

/** Packages as CommonJS has them: without "exports", compiled from ES modules, with names that no scan of the text finds. */
const packages = {
  'node_modules/day/package.json': '{ "name": "day", "version": "1.0.0", "main": "day.min.js" }',
  'node_modules/day/day.min.js': 'module.exports = () => "day";',
  'node_modules/day/plugin/utc.js': 'module.exports = "utc";',
  'node_modules/day/locale.json': '{ "en": 1 }',
  'node_modules/day/fn/index.js': 'exports.fn = "fn";',
  'node_modules/day/part/package.json': '{ "main": "../lib/part", "module": "../es/part.js" }',
  'node_modules/day/lib/part.js': 'exports.part = "lib";',
  'node_modules/day/es/part.js': 'export const part = "es";',
  'node_modules/three/package.json': JSON.stringify({
    ...{ name: 'three', version: '1.0.0', type: 'module' },
    exports: { '.': './three.js', './examples/*': './examples/*' },
  }),
  'node_modules/three/three.js': 'export {}',
  'node_modules/three/examples/orbit.js': 'import { near } from "./near"; export const orbit = near;',
  'node_modules/three/examples/near.js': 'export const near = "near";',
  'node_modules/es/package.json': '{ "name": "es", "version": "1.0.0", "module": "es.js" }',
  'node_modules/es/es.js': 'export const only = "module";',
  'node_modules/walk/package.json': '{ "name": "walk", "version": "1.0.0", "main": "walk.js" }',
  'node_modules/walk/walk.js':
    'Object.defineProperty(exports, "__esModule", { value: true }); exports.default = () => "walked"; exports.step = 1;',
  'node_modules/low/package.json': '{ "name": "low", "version": "1.0.0", "main": "low.js" }',
  'node_modules/low/low.js':
    'const low = () => "called"; for (const name of ["sum", "map"]) low[name] = () => name; module.exports = low;',
};

test('a path into a package means the file that require would find', async () => {
  const answer = await notebook(
    packages,
    `report([
      (await cell('day/plugin/utc')).default, (await cell('day/locale')).en, (await cell('day/fn')).fn,
      (await cell('day/part')).part, (await cell('three/examples/orbit')).orbit, (await cell('es')).only,
      (await failing('day/plugin/utd')).split('\\n').at(-1),
    ])`,
  );
  expect(answer).toEqual(['utc', 1, 'fn', 'lib', 'near', 'module', "Did you mean 'day/plugin/utc.js'?"]);
});

test('a default import of a module that was compiled from an ES module is its default', async () => {
  const files = {
    ...packages,
    'walks.ts': 'import walk, { step } from "walk"; import low from "low"; export default [walk(), step, low()];',
  };
  const answer = await notebook(
    files,
    `const { default: walk, step } = await cell('walk');
    report([walk(), step, (await cell('low')).default(), (await cell('./walks')).default])`,
  );
  expect(answer).toEqual(['walked', 1, 'called', ['walked', 1, 'called']]);
});

test('every member of a CommonJS module can be imported by name, and as part of the whole', async () => {
  const files = {
    ...packages,
    'names.ts':
      'import { sum, map as other } from "low"; export { sum as again } from "low"; export const a = [sum(), other()];',
    'whole.ts':
      'import * as low from "low"; import walk, * as all from "walk"; import * as own from "./names"; import * as fs from "node:fs";\n' +
      'export const b = [low.sum(), typeof low.default, walk(), all.step, own.a, typeof fs.readFileSync];',
    'plain.js': 'import * as low from "low"; export const c = low.map();',
  };
  const answer = await notebook(
    files,
    `const low = await cell('low');
    const { a, again } = await cell('./names');
    report([low.sum(), 'map' in low, low === await cell('low'), a, again(), (await cell('./whole')).b, (await cell('./plain')).c])`,
  );
  expect(answer).toEqual([
    'sum',
    true,
    true,
    ['sum', 'map'],
    'sum',
    ['sum', 'function', 'walked', 1, ['sum', 'map'], 'function'],
    'map',
  ]);
});

test('modules of packages and files run in the order in which a file imports them', async () => {
  const files = {
    'node_modules/asks/package.json': '{ "name": "asks", "version": "1.0.0" }',
    'node_modules/asks/index.js': 'exports.told = globalThis.told;',
    'tells.ts': 'globalThis.told = "before";',
    'order.ts':
      'import "./tells"; import { told } from "asks"; import * as asks from "asks"; export default [told, asks.told];',
  };
  expect(await notebook(files, "report((await cell('./order')).default)")).toEqual(['before', 'before']);
});

test('import() in a local file gives every member of a CommonJS module, as it does in a cell', async () => {
  const files = {
    ...packages,
    'late.ts':
      'type Low = typeof import("low"); import * as all from "low"; const low: Low = await import("low");\n' +
      'const name = "walk"; const { default: walk } = await import(name); const { map } = await import("low");\n' +
      'export const a = [low.sum(), walk(), map(), low.default(), low === all, (await import("./own")).b];',
    'own.js': 'export const b = (await import("low")).map();',
    'old.cts': 'exports.c = import("low").then((low: any) => low.sum());',
  };
  const answer = await notebook(files, `report([...(await cell('./late')).a, await (await cell('./old')).c])`);
  expect(answer).toEqual(['sum', 'walked', 'map', 'called', true, 'map', 'sum']);
});

test('an error behind an import of a whole module has its place in the source', async () => {
  const source = 'import * as low from "low"; export const { stack } = new Error(low.sum());';
  const answer = (await notebook(
    { ...packages, 'late.ts': source },
    `const { stack } = await cell('./late');
    const [, name, line, column] = /(file:\\S*):(\\d+):(\\d+)/.exec(stack);
    report({ line: +line, column: +column, maps: scripts.get(name).maps })`,
  )) as { line: number; column: number; maps: string[] };
  let { line, column } = answer;
  for (const map of answer.maps) {
    const found = new SourceMap(JSON.parse(map)).findEntry(line - 1, column - 1) as SourceMapping;
    line = found.originalLine + 1;
    column = found.originalColumn + 1;
  }
  expect([line, source.slice(column - 1, column + 8)]).toEqual([1, 'new Error']);
});

test('a syntax error in a file of a package names the file, and shows its line', async () => {
  const files = {
    'node_modules/bad/package.json': '{ "name": "bad", "version": "1.0.0" }',
    'node_modules/bad/index.js': 'module.exports = require("./lib/deep");',
    'node_modules/bad/lib/deep.js': 'exports.a = 1;\nconst b = ;\n',
    'node_modules/worse/package.json': '{ "name": "worse", "version": "1.0.0", "type": "module", "main": "index.js" }',
    'node_modules/worse/index.js': 'export * from "./deep.js";',
    'node_modules/worse/deep.js': 'export const a = 1;\nconst b = ;\n',
    'node_modules/reads/package.json': '{ "name": "reads", "version": "1.0.0" }',
    'node_modules/reads/index.js': 'JSON.parse("{");',
  };
  const answer = (await notebook(
    files,
    `const seen = []; for (const each of ['bad', 'worse', 'reads']) seen.push((await failing(each)).split('\\n'));
    try { loader.require('bad') } catch (error) { seen.push(error.message.split('\\n')) }
    report(seen)`,
  )) as string[][];
  expect(answer.map(([first]) => first)).toEqual([
    "SyntaxError: <notebook>/node_modules/bad/lib/deep.js:2:11: Unexpected token ';'",
    "SyntaxError: <notebook>/node_modules/worse/deep.js:2:11: Unexpected token ';'",
    expect.stringMatching(/^SyntaxError: Expected property name/),
    "<notebook>/node_modules/bad/lib/deep.js:2:11: Unexpected token ';'",
  ]);
  expect(answer[0]).toContain('> 2 | const b = ;');
});
