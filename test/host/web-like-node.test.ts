// What the parts that run in a browser too are given there does what Node's does, as far as Node can run it.

import { posix } from 'node:path';
import { types as nodeTypes } from 'node:util';
import { runInThisContext } from 'node:vm';
import { expect, test } from '@jest/globals';
import { types } from '../../runtime/host/web/inspection.ts';
import { basename, dirname, extname, isAbsolute, join, relative, resolve } from '../../runtime/host/web/paths.ts';

const module = await import('../../runtime/host/web/paths.ts');

/** One of each kind, made in the realm of the sources. */
const VALUES: readonly unknown[] = [
  ...[undefined, null, true, 1, 'text', 10n, Symbol('s'), () => {}, class {}, [], {}, Object.create(null), new Date(0)],
  ...[/x/, new Map(), new Set(), new WeakMap(), new WeakSet(), Promise.resolve(), new Map().keys(), new Set().values()],
  ...[
    new ArrayBuffer(1),
    new SharedArrayBuffer(1),
    new Uint8Array(1),
    new Float64Array(1),
    new DataView(new ArrayBuffer(1)),
  ],
  ...[Object(1), Object('x'), Object(true), Object(Symbol.iterator), Object(1n), new Error('e'), new RangeError('e')],
  ...[(function* () {})(), (async () => {})(), module, { [Symbol.toStringTag]: 'Text' }],
];

test.each(Object.keys(types) as (keyof typeof types)[])('types.%s tells the same values apart', (name) => {
  const ask = (one: (value: unknown) => boolean) => VALUES.map((value) => one(value));
  expect(ask(types[name])).toEqual(ask(nodeTypes[name] as (value: unknown) => boolean));
});

test('what pretends to be of another kind is not', () => {
  const liars = runInThisContext(`[
    { __proto__: Map.prototype }, { __proto__: Date.prototype }, { __proto__: Uint8Array.prototype },
    { __proto__: Error.prototype }, { __proto__: Number.prototype }, { __proto__: ArrayBuffer.prototype },
  ]`) as readonly unknown[];
  for (const name of [
    'isMap',
    'isDate',
    'isUint8Array',
    'isNativeError',
    'isBoxedPrimitive',
    'isAnyArrayBuffer',
  ] as const)
    expect(liars.map((liar) => types[name](liar))).toEqual(liars.map(() => false));
});

const PATHS = ['/', '/a', '/a/b.ts', 'a', 'a/b', '../c', './d.txt', '', '/a/../b/./c', '.hidden', 'e.tar.gz'];

test('paths are taken apart and put together as by node:path', () => {
  expect(PATHS.map(basename)).toEqual(PATHS.map((path) => (path === '/' ? '' : posix.basename(path))));
  expect(PATHS.map(dirname)).toEqual(PATHS.map((path) => posix.dirname(path)));
  expect(PATHS.map(extname)).toEqual(PATHS.map((path) => posix.extname(path)));
  expect(PATHS.map(isAbsolute)).toEqual(PATHS.map((path) => posix.isAbsolute(path)));
  expect(PATHS.map((path) => resolve('/x/y', path))).toEqual(PATHS.map((path) => posix.resolve('/x/y', path)));
  expect(PATHS.map((path) => join('/x', path))).toEqual(PATHS.map((path) => posix.join('/x', path)));
  expect(PATHS.map((path) => relative('/a/c', resolve('/', path)))).toEqual(
    PATHS.map((path) => posix.relative('/a/c', posix.resolve('/', path))),
  );
});
