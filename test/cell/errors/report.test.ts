// Tracebacks: what a person reads when a cell fails.

import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createSources, errorReport, installStackTraces } from '../../../runtime/cell/errors/traceback.ts';
import type { ErrorReport } from '../../../runtime/events.ts';

const sources = createSources();
let uninstall: () => void;

beforeAll(() => {
  uninstall = installStackTraces(sources);
});

afterAll(() => uninstall());

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours are removed
const plain = (text: string): string => text.replace(/\x1b\[\d+m/g, '');

function report(thrown: unknown): ErrorReport & { readonly text: string } {
  const made = errorReport(thrown, { sources });
  return { ...made, text: plain(made.traceback.join('\n')) };
}

test('a cell is named, with the lines and columns of its TypeScript, and a code frame', () => {
  const cells = [
    `type A = { a: number };\ninterface B { b: string }\n\n((x: A): number => { throw new RangeError('no ' + x.a); })({ a: 3 as number });`,
    "const n: number = 1;\n;[1].map((each: number) => { throw new Error('x') })",
  ];
  const child = spawnSync(process.execPath, [path.join(import.meta.dirname, 'child.ts'), ...cells], {
    encoding: 'utf8',
  });
  const [first, second] = child.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { report: ErrorReport; stack: string });
  expect([first?.report.ename, first?.report.evalue]).toEqual(['RangeError', 'no 3']);
  expect(plain(first?.report.traceback.slice(0, 7).join('\n') ?? child.stderr)).toBe(
    [
      'RangeError: no 3',
      '  2 | interface B { b: string }',
      '  3 |',
      "> 4 | ((x: A): number => { throw new RangeError('no ' + x.a); })({ a: 3 as number });",
      '    |                            ^',
      '    at Cell [3]:4:28',
      '    at Cell [3]:4:59',
    ].join('\n'),
  );
  // Below them is the code that runs cells, which is of no use to anybody.
  expect(first?.report.traceback.join('\n')).not.toMatch(/node:|[\\/]runtime[\\/]/);
  expect(second?.stack).toMatch(
    /^Error: x\n {4}at Cell \[4\]:2:36\n {4}at Array\.map \(<anonymous>\)\n {4}at Cell \[4\]:2:6\n/,
  );
});

test('the header is red, places are green', () => {
  const { traceback } = report(new TypeError('bad'));
  expect(traceback[0]).toBe('\x1b[31mTypeError\x1b[39m: bad');
  expect(traceback.join('\n')).toContain('\x1b[32m');
});

test('an error without a name of its own is named after its class; without a message there is no colon', () => {
  class Broken extends Error {}
  expect(report(new Broken('x'))).toMatchObject({ ename: 'Broken', evalue: 'x' });
  class KeyboardInterrupt extends Error {
    override name = 'KeyboardInterrupt';
  }
  expect(report(new KeyboardInterrupt()).text).toMatch(/^KeyboardInterrupt\n/);
});

test('notes appear under the message, own properties under the stack', () => {
  const error = Object.assign(new Error('missing'), { code: 'ENOENT', notes: ['Did you forget to call it?'] });
  const lines = report(error).text.split('\n');
  expect(lines.slice(0, 2)).toEqual(['Error: missing', '  Did you forget to call it?']);
  expect(lines.at(-1)).toBe("  { code: 'ENOENT' }");
});

test('causes follow to the end of their chain, and once around a circle', () => {
  const last = new TypeError('last');
  const first = new Error('first', { cause: new Error('second', { cause: last }) });
  last.cause = first;
  const { text } = report(first);
  expect(text).toMatch(
    /^Error: first\n[\s\S]*Caused by: Error: second\n[\s\S]*Caused by: TypeError: last\n[\s\S]*Caused by: <Error as above>$/,
  );
  expect(report(new Error('x', { cause: 42 })).text).toMatch(/Caused by: 42$/);
  expect(report(new Error('x', { cause: undefined })).text).toMatch(/Caused by: undefined$/);
});

test('members of a group look as Python prints them', () => {
  const bare = (message: string) => Object.assign(new Error(message), { stack: '' });
  const group = Object.assign(
    new AggregateError([bare('one'), new AggregateError([bare('two')], 'inner'), 3], 'outer'),
    { stack: '' },
  );
  Object.assign(group.errors[1] as object, { stack: '' });
  expect(report(group).text).toBe(
    [
      'AggregateError: outer',
      '  +-+---------------- 1 ----------------',
      '    | Error: one',
      '    +---------------- 2 ----------------',
      '    | AggregateError: inner',
      '    |   +-+---------------- 1 ----------------',
      '    |     | Error: two',
      '    |     +------------------------------------',
      '    +---------------- 3 ----------------',
      '    | 3',
      '    +------------------------------------',
    ].join('\n'),
  );
});

test('a group of many members is cut off', () => {
  const errors = Array.from({ length: 17 }, (_, index) => new Error(String(index)));
  expect(report(new AggregateError(errors, 'many')).text).toMatch(/\.\.\. -+\n {4}\| and 2 more members/);
});

test.each<[unknown, string]>([
  [42, '42'],
  ['text', 'text'],
  [undefined, 'undefined'],
  [null, 'null'],
  [{ a: 1 }, '{ a: 1 }'],
  [Symbol('s'), 'Symbol(s)'],
])('a thrown %p is shown as a value', (value, evalue) => {
  expect(report(value)).toMatchObject({ ename: 'Thrown', evalue });
});

const never = (): never => {
  throw new Error('again');
};

test.each<[string, () => unknown, RegExp]>([
  [
    'whose getters throw',
    () => {
      class Bad extends Error {
        override get message(): string {
          return never();
        }
        override get name(): string {
          return never();
        }
        override get stack(): string {
          return never();
        }
      }
      return new Bad();
    },
    /^Bad/,
  ],
  ['that is frozen', () => Object.freeze(new Error('cold')), /^Error: cold/],
  [
    'without a stack',
    () => {
      const error = new Error('bare');
      delete error.stack;
      return error;
    },
    /^Error: bare$/,
  ],
  ['whose stack is no text', () => Object.assign(new Error('odd'), { stack: { a: 1 } }), /^Error: odd/],
  ['whose message is no text', () => Object.assign(new Error(), { message: { a: 1 } }), /^Error: \{ a: 1 \}/],
  ['whose name is no text', () => Object.assign(new Error('m'), { name: 3 }), /^Error: m/],
  [
    'whose message is enormous',
    () => new Error('x'.repeat(10_000_000)),
    /^Error: x{10000}… \(9990000 more characters\)/,
  ],
  ['behind a proxy', () => new Proxy(new Error('hidden'), { get: never, getPrototypeOf: never }), /^Error: hidden/],
  ['made without a constructor', () => Object.create(Error.prototype), /^Error/],
  ['of another kind', () => new DOMException('gone', 'AbortError'), /^AbortError: gone/],
  ['whose notes are no list', () => Object.assign(new Error('n'), { notes: 3 }), /^Error: n/],
])('an error %s is still told', (_name, make, expected) => {
  const error = make();
  expect(report(error).text).toMatch(expected);
});

test('ten thousand frames are cut in the middle', () => {
  Error.stackTraceLimit = 20_000;
  const dive = (depth: number): never => (depth === 0 ? never() : deeper(depth - 1));
  const deeper = (depth: number): never => (depth === 0 ? never() : dive(depth - 1));
  let caught: unknown;
  try {
    dive(5_000);
  } catch (error) {
    caught = error;
  }
  Error.stackTraceLimit = 50;
  const { text } = report(caught);
  expect(text.split('\n').length).toBeLessThan(60);
  expect(text).toMatch(/… \d{4} more frames/);
});

test('an endless recursion is one line, shown three times, and its count', () => {
  const dive = (): never => dive();
  let caught: unknown;
  try {
    dive();
  } catch (error) {
    caught = error;
  }
  expect(report(caught).text).toMatch(/(\n {4}at dive \(.*\)){3,4}\n {4}… the line above \d{2} more times$/);
});

test('a prepareStackTrace set by user code is used, and the report still knows the frames', () => {
  Error.prepareStackTrace = (_error, sites) => sites;
  const error = new Error('sites');
  expect(Array.isArray(error.stack)).toBe(true);
  Error.prepareStackTrace = undefined as never;
  expect(report(error).text).toMatch(/^Error: sites\n {4}at /);
  expect(new Error('back').stack).toMatch(/^Error: back\n {4}at /);
});

test('uninstalling leaves Error as it was', () => {
  const before = Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace');
  const undo = installStackTraces(createSources());
  undo();
  expect(Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace')).toEqual(before);
});
