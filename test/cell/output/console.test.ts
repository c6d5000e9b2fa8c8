// The notebook's console: all of Node's methods, as text of the cell.

import { expect, test } from '@jest/globals';
import { plainText } from '../../../runtime/cell/display/plain.ts';
import { createConsole } from '../../../runtime/cell/output/console.ts';
import { gatherText } from '../../../runtime/cell/output/gather-text.ts';
import { createRecorder } from '../recorder.ts';

function run(use: (made: Console) => void): { readonly out: string; readonly err: string } {
  const recorder = createRecorder();
  const port = gatherText(recorder.port);
  use(createConsole(port, { text: plainText }));
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

test('trace shows the frames of the caller', () => {
  const { err } = run(function caller(made) {
    made.trace('here', 1);
  });
  expect(err).toMatch(/^Trace: here 1\n {4}at caller /);
});

test("clear removes the cell's output, including what was just printed", () => {
  const recorder = createRecorder();
  const port = gatherText(recorder.port);
  const made = createConsole(port, { text: plainText });
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
  const made = createConsole(gatherText(createRecorder().port), { text: plainText });
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
