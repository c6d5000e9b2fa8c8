// The notebook's console: all of Node's methods, as text of the cell.

import { Console as NodeConsole } from 'node:console';
import { inspect } from 'node:util';
import { expect, test } from '@jest/globals';
import { gridOf } from '../../../runtime/cell/display/grid.ts';
import { plainText } from '../../../runtime/cell/display/plain.ts';
import { createConsole } from '../../../runtime/cell/output/console.ts';
import { gatherText } from '../../../runtime/cell/output/gather-text.ts';
import { createRecorder } from '../recorder.ts';

function run(use: (made: Console) => void): { readonly out: string; readonly err: string } {
  const recorder = createRecorder();
  const port = gatherText(recorder.port);
  use(createConsole(port, { text: plainText, grid: gridOf }));
  port.flush();
  const of = (name: string) =>
    recorder
      .of('stream')
      .filter((event) => event.name === name)
      .map(({ text }) => text)
      .join('');
  return { out: of('stdout'), err: of('stderr') };
}

test('log, info and debug go to stdout, error and warn to stderr', () => {
  const { out, err } = run((made) => {
    made.log('a');
    made.info('b', 1);
    made.debug('c');
    made.error('d');
    made.warn('e');
  });
  expect(out).toBe('a\nb 1\nc\n');
  expect(err).toBe('d\ne\n');
});

test('placeholders and values are formatted', () => {
  expect(run((made) => made.log('%s is %d', 'x', 3, { a: 1 })).out).toBe('x is 3 { a: 1 }\n');
  expect(run((made) => made.log('100%')).out).toBe('100%\n');
  expect(run((made) => made.log()).out).toBe('\n');
});

test('groups indent, including lines that take the shortcut', () => {
  const { out } = run((made) => {
    made.group('one');
    made.log('in\nside');
    made.groupCollapsed();
    made.log('deeper', 'still');
    made.groupEnd();
    made.groupEnd();
    made.groupEnd();
    made.log('out');
  });
  expect(out).toBe('one\n  in\n  side\n    deeper still\nout\n');
});

test('tables, counts, times, dir and assertions', () => {
  const { out, err } = run((made) => {
    made.table([{ a: 1 }]);
    made.count();
    made.count();
    made.countReset();
    made.count();
    made.time('t');
    made.timeLog('t', 'mark');
    made.timeEnd('t');
    made.dir({ a: 1 });
    made.dirxml('x');
    made.assert(false, 'wrong');
    made.assert(true);
  });
  expect(out).toMatch(/│ \(index\) │ a │/);
  expect(out).toMatch(/default: 1\ndefault: 2\ndefault: 1\nt: [\d.]+m?s mark\nt: [\d.]+m?s\n\{ a: 1 \}\nx\n$/);
  expect(err).toBe('Assertion failed: wrong\n');
});

class Money {
  readonly #cents = 5;
  [inspect.custom]() {
    return `${this.#cents}c`;
  }
}

const tables: readonly (readonly [name: string, value: unknown, columns?: string[]])[] = [
  ['objects', [{ a: 1, b: 'x' }, { b: [1, 2, 3, 4], c: { d: { e: 1 } } }, { c: { d: 1, e: 2, f: 3 } }]],
  ['some columns of objects', [{ a: 1, b: 2 }, 5, { b: 3, a: undefined }, null], ['b', 'none']],
  ['arrays', [[1, 'a'], [2], []]],
  ['plain values', [1, 'a', null, undefined, 5n, true]],
  ['plain values among objects', [1, { a: 'b' }, () => 1]],
  ['an object of objects', { one: { a: 1 }, two: { a: new Date(0) }, 3: 'x' }],
  [
    'a Map',
    new Map<unknown, unknown>([
      ['k', { a: 1 }],
      [{ k: 1 }, 'v'],
    ]),
  ],
  ['a Set', new Set<unknown>([1, 'a', { a: 1 }])],
  ['iterators', new Map([['k', 1]]).entries()],
  [
    'values of a Map',
    new Map([
      ['k', 1],
      ['l', 1],
    ]).values(),
  ],
  ['values of a Set', new Set(['v']).values()],
  ['a typed array', new Uint8Array([1, 2])],
  ['an inspect method', [{ price: new Money() }]],
  ['nothing', []],
  ['what is no object', 'text'],
];

test.each(tables.map(([name, value, columns]) => [name, value, columns] as const))(
  'a table of %s is as in Node',
  (_name, value, columns) => {
    const lines: string[] = [];
    const write = (text: string) => void lines.push(text);
    const node = new NodeConsole({
      stdout: { write, on() {}, once() {}, removeListener() {}, listenerCount: () => 0 } as never,
    });
    node.table(value, columns);
    expect(run((made) => made.table(value, columns)).out).toBe(lines.join(''));
  },
);

test('a table has room for some rows and columns, says how many more there are, and takes a moment', () => {
  const many = Array.from({ length: 100_000 }, (_, at) => ({ at, text: 'x'.repeat(50) }));
  const wide = Array.from({ length: 200 }, () =>
    Object.fromEntries(Array.from({ length: 3_000 }, (_, at) => [`k${at}`, at])),
  );
  const long = Array.from({ length: 500 }, () => ({ text: 'é'.repeat(50_000), deep: many }));
  const proxies = Array.from({ length: 50_000 }, (_, at) => ({ at, held: new Proxy({}, {}) }));
  const nothings = Array.from({ length: 1_000_000 }, () => ({}));
  for (const value of [
    many,
    wide,
    long,
    proxies,
    nothings,
    new Map(many.entries()),
    new Set(many),
    new Uint8Array(1e7),
  ]) {
    const begun = process.cpuUsage();
    const { out } = run((made) => made.table(value));
    expect(process.cpuUsage(begun).user).toBeLessThan(1_000_000);
    expect(out.length).toBeLessThan(110_000);
    expect(out).toMatch(/\n… \d+ more (rows|columns)/);
  }
  expect(run((made) => made.table(many)).out).toMatch(/│ 1150 +│ 1150 (?:.|\n)*\n… 98\d{3} more rows\n$/);
});

test('a table runs no getter and no trap', () => {
  const ran: string[] = [];
  const trap = (name: string) => () => void ran.push(name);
  const row = {
    a: 1,
    get b() {
      return ran.push('getter');
    },
  };
  const proxy = new Proxy(row, {
    get: trap('get'),
    ownKeys: trap('ownKeys') as never,
    getOwnPropertyDescriptor: trap('own') as never,
  });
  const { out } = run((made) => {
    made.table([row, proxy]);
    made.table(new Proxy([proxy], { get: trap('get') }));
    made.table({
      get c() {
        return ran.push('getter');
      },
    });
  });
  expect(ran).toEqual([]);
  expect(out.match(/│ 1 │ \[Getter\] │/g)).toHaveLength(3);
});

test('trace shows the frames of the caller', () => {
  const { err } = run(function caller(made) {
    made.trace('here', 1);
  });
  expect(err).toMatch(/^Trace: here 1\n {4}at caller /);
});

test("clear removes the cell's output, including what was just printed", () => {
  const recorder = createRecorder();
  const port = gatherText(recorder.port);
  const made = createConsole(port, { text: plainText, grid: gridOf });
  made.log('gone');
  made.clear();
  made.log('there');
  port.flush();
  expect(recorder.events).toEqual([
    { type: 'stream', execution: 1, name: 'stdout', text: 'gone\n' },
    { type: 'clear', execution: 1, wait: false },
    { type: 'stream', execution: 1, name: 'stdout', text: 'there\n' },
  ]);
});

test('each method has its name', () => {
  const made = createConsole(gatherText(createRecorder().port), { text: plainText, grid: gridOf });
  for (const name of ['log', 'group', 'groupCollapsed', 'clear'] as const) expect(made[name].name).toBe(name);
});

test('methods work when detached, and console.Console exists', () => {
  expect(run(({ log }) => log('y')).out).toBe('y\n');
  expect(run((made) => made.log(typeof made.Console)).out).toBe('function\n');
});

test('objects that list one another are printed in part, and dir obeys its options', () => {
  const all: { id: number; neighbours?: object[] }[] = Array.from({ length: 30 }, (_, id) => ({ id }));
  for (const one of all) one.neighbours = all;
  const soon = Promise.resolve(all);
  for (const print of ['log', 'error', 'dir', 'group', 'trace'] as const) {
    const { out, err } = run((made) => made[print](soon));
    expect(`${out}${err}`).toContain('id: 29');
    expect(`${out}${err}`.length).toBeLessThan(100_000);
  }
  for (const format of ['%O', '%o', 'x'])
    expect(run((made) => made.log(format, soon)).out.length).toBeLessThan(100_000);
  const deep = { a: { b: { c: { d: { e: { f: { g: 1 } } } } } } };
  expect(run((made) => made.dir(deep)).out).toContain('[Object]');
  expect(run((made) => made.dir(deep, { depth: null })).out).toContain('g: 1');
  expect(run((made) => made.dir(deep, { depth: 0 })).out).toBe('{ a: [Object] }\n');
});

test('the text of an object is never a format', () => {
  expect(run((made) => made.log({ a: '%s' }, 'x', { b: 1 })).out).toBe("{ a: '%s' } x { b: 1 }\n");
  expect(run((made) => made.log('%s and %j', { toString: () => 'own' }, { a: 1 }, ['%d'])).out).toBe(
    'own and {"a":1} [ \'%d\' ]\n',
  );
  expect(run((made) => made.log('%% %O|', { a: 1 }, 2)).out).toBe('% { a: 1 }| 2\n');
});
