import { expect, test } from '@jest/globals';
import { notebook } from './notebook.ts';

/** Packages of types in each form that npm has: "exports" with types alone, `main: ""`, and @types of a missing one. */
const typed = {
  'node_modules/feast/package.json': JSON.stringify({
    name: 'feast',
    version: '1.0.0',
    type: 'module',
    exports: { '.': { types: './index.d.ts' }, './more': { types: './more.d.ts' } },
  }),
  'node_modules/feast/index.d.ts': 'export type Optional<T> = Partial<T>;',
  'node_modules/feast/more.d.ts': 'export type More = 1;',
  'node_modules/style/package.json': '{ "name": "style", "version": "1.0.0", "main": "", "types": "index.d.ts" }',
  'node_modules/style/index.d.ts': 'export interface Style { color: string }',
  'node_modules/@types/geo/package.json': '{ "name": "@types/geo", "main": "", "types": "index.d.ts" }',
  'node_modules/@types/geo/index.d.ts': 'export interface Feature { type: "Feature" }',
  'node_modules/@types/own__tool/package.json': '{ "name": "@types/own__tool", "main": "", "types": "index.d.ts" }',
  'node_modules/@types/own__tool/index.d.ts': 'export declare function tool(): void; export interface Tool {}',
  'types.d.ts': 'export interface T { a: number }',
};

test('a module that has only types is imported, and says so where one of its names is used as a value', async () => {
  const answer = await notebook(
    typed,
    `const seen = [];
    for (const each of ['feast', 'feast/more', 'style', 'geo', '@own/tool', './types']) {
      seen.push([Object.keys(await cell(each)), loader.lacks(each, 'Name')]);
    }
    report(seen)`,
  );
  const none = (name: string, file: string) => [
    [],
    `There are only types of '${name}', in <notebook>/${file}, and no JavaScript.`,
  ];
  expect(answer).toEqual([
    none('feast', 'node_modules/feast/index.d.ts'),
    none('feast/more', 'node_modules/feast/more.d.ts'),
    none('style', 'node_modules/style/index.d.ts'),
    none('geo', 'node_modules/@types/geo/index.d.ts'),
    [
      [],
      "There are only types of '@own/tool', in <notebook>/node_modules/@types/own__tool/index.d.ts, and no JavaScript.\n" +
        'To install it: npm install @own/tool   (in <notebook>)',
    ],
    none('./types', 'types.d.ts'),
  ]);
});

test('a package that promises JavaScript which is not there is incomplete, whatever types it has', async () => {
  const files = {
    'node_modules/half/package.json': '{ "name": "half", "version": "1.0.0", "main": "dist/a.js", "types": "a.d.ts" }',
    'node_modules/half/a.d.ts': 'export const a: number;',
  };
  expect(await notebook(files, "report((await failing('half')).split('\\n')[0])")).toMatch(
    /^ERR_MODULE_NOT_FOUND: Cannot import 'half'.*but its file is missing\.$/,
  );
});

test('a local file leaves out what it imports and exports as types alone, as tsc does', async () => {
  const files = {
    ...typed,
    'user.ts': [
      'import { Optional } from "feast"; import * as style from "style"; import { T } from "./types";',
      'import { Loud, loud } from "./loud"; import Face, { eyes } from "./face";',
      'export const u: Optional<style.Style> & T = { a: eyes + loud }; export type F = Face & Loud;',
    ].join('\n'),
    'loud.ts': 'export interface Loud {} export const loud = 1;',
    'face.ts': 'export default interface Face { eyes: number } export const eyes = 2;',
    'silent.ts': 'import { Loud } from "./once"; export const silent: Loud = {};',
    'once.ts': 'globalThis.ran = true; export interface Loud {}',
    'again.ts':
      'import { Feature } from "geo"; import Face from "./face"; export { Feature, Face }; export { More } from "feast/more";',
    'mixed.ts': 'import { Feature, two } from "./both"; export { Feature }; export const mixed = two + 1;',
    'both.ts': 'export { Feature } from "geo"; export const two = 2;',
    'apart.ts': 'interface Apart {} const part = 5; export { Apart, part }',
    'parted.ts': 'import { Apart, part } from "./apart"; export { Apart }; export const own = part',
    'further.ts':
      'export { Feature as Shape, Face } from "./again"; export * from "./types"; export const further = 3;',
  };
  const answer = await notebook(
    files,
    `const seen = [{ ...(await cell('./user')) }, { ...(await cell('./silent')) }, globalThis.ran ?? false];
    report([...seen, { ...(await cell('./again')) }, { ...(await cell('./further')) }, { ...(await cell('./mixed')) }, { ...(await cell('./parted')) }])`,
  );
  expect(answer).toEqual([{ u: { a: 3 } }, { silent: {} }, false, {}, { further: 3 }, { mixed: 3 }, { own: 5 }]);
});

test('with verbatimModuleSyntax only what is marked as a type is left out', async () => {
  const files = {
    'tsconfig.json': '{ "compilerOptions": { "verbatimModuleSyntax": true } }',
    'loud.ts': 'globalThis.ran = (globalThis.ran ?? 0) + 1; export interface Loud {} export const loud = 1;',
    'unused.ts': 'import { type Loud, loud } from "./loud"; export const a: Loud = {};',
    'marked.ts': 'import type { Loud } from "./loud"; export const b: Loud = {};',
  };
  const answer = await notebook(
    files,
    `const seen = [{ ...(await cell('./marked')) }, globalThis.ran ?? 0];
    report([...seen, { ...(await cell('./unused')) }, globalThis.ran])`,
  );
  expect(answer).toEqual([{ b: {} }, 0, { a: {} }, 1]);
});

test('a class that decorators tell the types of is imported for them, where tsconfig.json says that they do', async () => {
  const options = { experimentalDecorators: true, emitDecoratorMetadata: true };
  const files = {
    'tsconfig.json': JSON.stringify({ compilerOptions: options }),
    'told.ts': 'globalThis.ran = [...(globalThis.ran ?? []), "told"]; export class Told {}',
    'plain.ts': 'globalThis.ran = [...(globalThis.ran ?? []), "plain"]; export class Plain {}',
    'service.ts':
      'import { Told } from "./told"; import { Plain } from "./plain"; const d = (c: any): any => c; @d export class Service { constructor(readonly a?: Told) {} m(b: Plain) {} }',
  };
  expect(await notebook(files, `await cell('./service'); report(globalThis.ran)`)).toEqual(['told']);
});

test('what JSX and namespaces use by their own rules is kept', async () => {
  const files = {
    'tsconfig.json': '{ "compilerOptions": { "jsx": "react" } }',
    'react.ts':
      'export const made: string[] = []; export default { createElement: (name: string) => made.push(name) };',
    'view.tsx': 'import React, { made } from "./react"; export const view = <b></b>; export const names = () => made;',
    'alias.ts': 'import * as all from "./react"; import list = all.made; export { list };',
  };
  const answer = await notebook(
    files,
    `const { view, names } = await cell('./view'); report([view, names(), (await cell('./alias')).list])`,
  );
  expect(answer).toEqual([1, ['b'], ['b']]);
});
