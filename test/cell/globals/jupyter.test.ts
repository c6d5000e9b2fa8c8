// The global object: complete, self-documenting, and free to be redeclared; questions and payloads.

import { createContext, runInContext } from 'node:vm';
import { expect, jest, test } from '@jest/globals';
import { render } from '../../../runtime/cell/display/render.ts';
import { GLOBAL_NAMES, installGlobals } from '../../../runtime/cell/globals/globals.ts';
import { createJupyter } from '../../../runtime/cell/globals/jupyter.ts';
import { ALIVE_MS } from '../../../runtime/cell/globals/keep-alive.ts';
import { createRecorder } from '../recorder.ts';

function start() {
  const recorder = createRecorder();
  return { recorder, ...createJupyter(recorder.port) };
}

test('every global is a member, and a cell may redeclare any of them', () => {
  const { jupyter } = start();
  const context = createContext({});
  installGlobals(context, jupyter);
  for (const name of GLOBAL_NAMES) {
    expect(typeof jupyter[name]).toBe('function');
    expect(runInContext(`typeof ${name}`, context)).toBe('function');
    expect(runInContext(`let ${name} = 1; ${name}`, context)).toBe(1);
  }
  expect(Object.keys(context)).toEqual([]);
  expect(runInContext('jupyter = 2; jupyter', context)).toBe(2);
});

test('it lists what there is', () => {
  const { jupyter } = start();
  const rendered = render(jupyter);
  const text = rendered instanceof Promise ? '' : String(rendered.data['text/plain']);
  for (const name of Object.keys(jupyter)) expect(text).toContain(name);
});

test('input asks without blocking, and passes on what the front end refuses', async () => {
  const { jupyter, recorder } = start();
  recorder.answer = 'Ada';
  expect(await jupyter.input('Name? ', { password: true })).toBe('Ada');
  expect(recorder.questions).toEqual([{ kind: 'input', prompt: 'Name? ', password: true }]);
  recorder.answer = new Error('this front end takes no input');
  await expect(jupyter.input()).rejects.toThrow('takes no input');
});

test('prompt, confirm and alert block on the answer', () => {
  const { jupyter, recorder } = start();
  recorder.answer = '';
  expect(jupyter.prompt('Name?', 'Ada')).toBe('Ada');
  expect(jupyter.confirm('Sure?')).toBe(false);
  jupyter.alert('Done.');
  recorder.answer = 'Y';
  expect(jupyter.confirm()).toBe(true);
  expect(jupyter.prompt()).toBe('Y');
  expect(recorder.questions.slice(0, 3).map((question) => 'prompt' in question && question.prompt)).toEqual([
    'Name? [Ada] ',
    'Sure? [y/N] ',
    'Done. [Enter] ',
  ]);
});

test('page and setNextInput are payloads of the reply', () => {
  const { jupyter, recorder } = start();
  jupyter.page('long text');
  jupyter.setNextInput('1 + 1', { replace: true });
  expect(recorder.of('payload').map(({ payload }) => payload)).toEqual([
    { source: 'page', data: { 'text/plain': 'long text' }, start: 0 },
    { source: 'set_next_input', text: '1 + 1', replace: true },
  ]);
  expect(() => jupyter.page(1 as never)).toThrow(/page: a string was expected, got 1/);
});

test('the names of cells are a table with types, sizes and values, and an array', async () => {
  const values: Record<string, unknown> = {
    count: 3,
    title: 'Notebook',
    rows: [{ a: 1 }, { a: 2 }],
    scores: new Map([['ada', 1]]),
    bytes: new Uint8Array(20_000),
    Shop: class Shop {},
    soon: Promise.resolve(1),
    lazy: {
      get never(): number {
        throw new Error('a getter ran');
      },
    },
  };
  const names = {
    all: () => [...Object.keys(values), 'later'],
    read: (name: string) => (name in values ? { value: values[name] } : undefined),
  };
  const { jupyter } = createJupyter(createRecorder().port, { names });
  expect(jupyter.names().join()).toBe('count,title,rows,scores,bytes,Shop,soon,lazy,later');
  const { data } = await render(jupyter.names());
  expect(data['text/html']).toContain('<table');
  const lines = String(data['text/plain'])
    .split('\n')
    .map((line) => line.split(/ {2,}/));
  expect(lines).toEqual([
    ['name', 'type', 'size', 'value'],
    [expect.stringMatching(/^─+$/), expect.any(String), expect.any(String), expect.any(String)],
    ['count', 'number', '3'],
    ['title', 'string', '8 characters', "'Notebook'"],
    ['rows', 'Array', '2 items', '[ { a: 1 }, { a: 2 } ]'],
    ['scores', 'Map', '1 entry', "Map(1) { 'ada' => 1 }"],
    ['bytes', 'Uint8Array', '20 kB', expect.stringMatching(/^Uint8Array\(20000\) \[ 0, 0, .*…$/)],
    ['Shop', 'class', '[class Shop]'],
    ['soon', 'Promise', 'Promise { 1 }'],
    ['lazy', 'Object', '1 key', '{ never: [Getter] }'],
    ['later', 'not initialised'],
  ]);
});

test('keepAlive says that the kernel is in use until the task or promise is done', async () => {
  jest.useFakeTimers();
  const { jupyter, recorder } = start();
  const { promise, resolve } = Promise.withResolvers<void>();
  jupyter.keepAlive(promise);
  const callbacks: (() => void)[] = [];
  jupyter.keepAlive({ addDoneCallback: (done) => callbacks.push(done) });
  const end = jupyter.keepAlive(new Promise(() => {}));
  jest.advanceTimersByTime(ALIVE_MS);
  expect(recorder.of('alive')).toHaveLength(3);
  end();
  callbacks[0]?.();
  resolve();
  await promise;
  jest.advanceTimersByTime(10 * ALIVE_MS);
  expect(recorder.of('alive')).toHaveLength(3);
  jest.useRealTimers();
  expect(() => jupyter.keepAlive(1 as never)).toThrow('keepAlive: a task or a promise was expected, got 1.');
});

test('tables takes true or false', async () => {
  const { jupyter } = start();
  const rows = Array.from({ length: 4 }, (_, at) => ({ at }));
  expect(() => jupyter.tables('off' as never)).toThrow("tables: true or false was expected, got 'off'.");
  jupyter.tables(false);
  expect((await render(rows)).data).not.toHaveProperty(['text/html']);
  jupyter.tables(true);
  expect((await render(rows)).data).toHaveProperty(['text/html']);
});
