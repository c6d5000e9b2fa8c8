// What the parts that run in a browser too are given there does what Node's does, as far as Node can run it.

import { posix } from 'node:path';
import { types as nodeTypes, stripVTControlCharacters } from 'node:util';
import { runInThisContext } from 'node:vm';
import { expect, test } from '@jest/globals';
import { makeConsole as nodeConsole } from '../../runtime/host/node/console-methods.ts';
import { type ConsoleSettings, makeConsole as webConsole } from '../../runtime/host/web/console-methods.ts';
import { types } from '../../runtime/host/web/inspection.ts';
import { basename, dirname, extname, isAbsolute, join, relative, resolve } from '../../runtime/host/web/paths.ts';
import { withoutControls } from '../../runtime/host/web/terminal-text.ts';
import { columns } from '../../runtime/width.ts';

test('control sequences are taken out of a text as by node:util', () => {
  const texts = [
    'plain',
    '\x1b[31mred\x1b[39m',
    'a\x1b[1;38;5;9mb\x1b[0mc',
    '\x1b]8;;https://x.y\x07link\x1b]8;;\x07',
    '\x1b[2K\x1b[1A',
    '[31m',
  ];
  expect(texts.map(withoutControls)).toEqual(texts.map(stripVTControlCharacters));
});

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

type Use = (made: Console) => void;

/** What a console prints; times are not compared. */
function printed(make: (settings: ConsoleSettings) => Console, use: Use): string {
  let text = '';
  const stream = (name: string) => ({
    write(given: string) {
      text += given.replaceAll(/^/gm, name).replaceAll(/[\d.]+ms/g, 'ms');
      return true;
    },
    on() {},
    once() {},
    removeListener() {},
    listenerCount: () => 0,
  });
  const streams = { stdout: stream('o '), stderr: stream('e ') } as unknown as ConsoleSettings;
  use(
    make({
      ...streams,
      ignoreErrors: false,
      colorMode: false,
      inspectOptions: { depth: 4 },
      groupIndentation: 2,
      width: columns,
    } as ConsoleSettings),
  );
  return text;
}

const USES: Readonly<Record<string, Use>> = {
  values: (made) => made.log('%s is %d', 'x', 3, { a: { b: { c: { d: { e: { f: 1 } } } } } }, [1, 'two', null]),
  nothing: (made) => made.log(),
  groups(made) {
    made.group('one', 1);
    made.log('in\nside');
    made.groupCollapsed();
    made.error('deeper');
    made.groupEnd();
    made.groupEnd();
    made.groupEnd();
    made.log('out');
  },
  counts(made) {
    made.count();
    made.count('x');
    made.count();
    made.countReset();
    made.count();
  },
  times(made) {
    made.time();
    made.timeLog('default', 'a', 1);
    made.timeEnd();
  },
  assertions(made) {
    made.assert(true, 'no');
    made.assert(false);
    made.assert(false, '%s wrong', 'all');
    made.assert(false, { a: 1 });
  },
  dir(made) {
    made.dir({ a: 1, [Symbol.for('nodejs.util.inspect.custom')]: () => 'never' });
    made.dirxml({ a: 1 }, 2);
    made.debug('d');
    made.info('i');
    made.warn('w');
  },
  'tables of rows'(made) {
    made.table([{ a: 1, b: 'x' }, { a: 2, c: [1, 2, 3, 4, 5] }, 7, null]);
    made.table([{ a: 1, b: 2 }, { b: 3 }], ['b', 'z']);
    made.table({ first: { x: 1 }, second: { x: { deep: { er: 1 } }, y: { p: 1, q: 2, r: 3 } } });
    made.table([[1, 2], [3]]);
  },
  'tables of collections'(made) {
    made.table(
      new Map<unknown, unknown>([
        ['a', 1],
        [{ k: 1 }, { v: 2 }],
      ]),
    );
    made.table(new Set(['x', { y: 1 }]));
    made.table([]);
    made.table('no table');
    made.table(['日本', 'é']);
  },
};

test.each(Object.entries(USES))('a console prints %s as Node does', (_, use) => {
  expect(printed(webConsole, use)).toBe(printed(nodeConsole as typeof webConsole, use));
});
