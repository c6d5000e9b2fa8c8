// display, update, clearOutput and progress, through a recording port.

import { expect, jest, test } from '@jest/globals';
import { createJupyter } from '../../../runtime/cell/globals/jupyter.ts';
import { createRecorder } from '../recorder.ts';

function start() {
  const recorder = createRecorder();
  return { recorder, ...createJupyter(recorder.port) };
}

test('a value is displayed the way a result is, under the cell that displays it', () => {
  const { jupyter, recorder } = start();
  recorder.execution = 7;
  expect(jupyter.display({ a: 1 })).toBeUndefined();
  expect(recorder.events).toEqual([
    { type: 'display', execution: 7, data: { 'text/plain': '{ a: 1 }' }, metadata: {}, update: false },
  ]);
});

test('a raw bundle is sent unchanged, with its metadata', () => {
  const { jupyter, recorder } = start();
  jupyter.display({ 'image/png': Buffer.from([1]) }, { raw: true, metadata: { 'image/png': { width: 3 } } });
  expect(recorder.of('display')[0]).toMatchObject({
    data: { 'image/png': 'AQ==' },
    metadata: { 'image/png': { width: 3 } },
  });
  expect(() => jupyter.display('x', { raw: true })).toThrow(/a MIME bundle was expected.*got 'x'/);
});

test('a display with an id can be replaced, by its handle and by update', () => {
  const { jupyter, recorder } = start();
  const handle = jupyter.display('one', { displayId: 'state' });
  handle.update('two');
  jupyter.update('state', jupyter.html('<b>3</b>'));
  expect(recorder.of('display').map(({ displayId, update, data }) => [displayId, update, data['text/plain']])).toEqual([
    ['state', false, "'one'"],
    ['state', true, "'two'"],
    ['state', true, '<b>3</b>'],
  ]);
});

test('an unknown id is an error that names known ones and the remedy', () => {
  const { jupyter } = start();
  expect(() => jupyter.update('x', 1)).toThrow(
    "nothing was displayed under the id 'x'. First call display(value, { displayId: 'x' })",
  );
  jupyter.display(1, { displayId: 'state' });
  expect(() => jupyter.update('stat', 1)).toThrow(/Known are 'state'/);
  expect(() => jupyter.display(1, { displayId: '' })).toThrow(/a string that is not empty, got ''/);
});

test('an asynchronous display belongs to the cell that displayed it, and can be awaited', async () => {
  const { jupyter, recorder, settled } = start();
  expect(settled()).toBeUndefined();
  jupyter.display({ [Symbol.for('Jupyter.display')]: async () => ({ 'text/html': 'x' }) });
  recorder.execution = 2;
  expect(recorder.events).toEqual([]);
  await settled();
  expect(recorder.of('display')[0]).toMatchObject({ execution: 1, data: { 'text/html': 'x' } });
  expect(settled()).toBeUndefined();
});

test('a display method that fails is reported on stderr, and the value is shown as text', () => {
  const { jupyter, recorder } = start();
  jupyter.display({ [Symbol.for('Jupyter.display')]: () => 3 });
  expect(recorder.of('stream')[0]?.text).toMatch(/own display method failed.*a MIME bundle was expected/s);
  expect(recorder.of('display')).toHaveLength(1);
});

test('clearOutput clears now, or when the next output comes', () => {
  const { jupyter, recorder } = start();
  jupyter.clearOutput();
  jupyter.clearOutput({ wait: true });
  expect(recorder.of('clear').map(({ wait }) => wait)).toEqual([false, true]);
});

test('progress over an array: the items, one display, its last state full and without times', () => {
  const { jupyter, recorder } = start();
  expect([...jupyter.progress([1, 2, 3], { label: 'pages' })]).toEqual([1, 2, 3]);
  const displays = recorder.of('display');
  expect(displays[0]).toMatchObject({ update: false, data: { 'text/plain': 'pages ░░░░░░░░░░░░░░░░░░░░ 0 % (0/3)' } });
  expect(displays.at(-1)).toMatchObject({
    update: true,
    data: { 'text/plain': 'pages ████████████████████ 100 % (3/3)' },
  });
  expect(new Set(displays.map(({ displayId }) => displayId)).size).toBe(1);
  expect(displays.at(-1)?.data['text/html']).not.toContain('\n');
});

test('progress updates at most ten times a second', () => {
  const { jupyter, recorder } = start();
  let clock = 0;
  const spy = jest.spyOn(performance, 'now').mockImplementation(() => clock);
  // 1,000 items in one second.
  for (const _ of jupyter.progress(Array.from({ length: 1_000 }))) clock += 1;
  spy.mockRestore();
  expect(recorder.of('display').length).toBeGreaterThanOrEqual(10);
  expect(recorder.of('display').length).toBeLessThanOrEqual(12);
});

test('progress over an asynchronous iterable that is left early shows how far it came', async () => {
  const { jupyter, recorder } = start();
  async function* source() {
    yield* [1, 2, 3];
  }
  const seen: number[] = [];
  for await (const item of jupyter.progress(source(), { total: 4 })) {
    seen.push(item);
    if (item === 2) break;
  }
  expect(seen).toEqual([1, 2]);
  expect(recorder.of('display').at(-1)?.data['text/plain']).toMatch(/25 % \(1\/4\)/);
});

test('progress by hand, in a using block', () => {
  const { jupyter, recorder } = start();
  {
    using bar = jupyter.progress(10);
    bar.advance();
    bar.advance(4);
    expect(bar.value).toBe(5);
  }
  expect(recorder.of('display').at(-1)?.data['text/plain']).toMatch(/50 % \(5\/10\)/);
});

test('a bar that moved too soon after it was shown shows its value when the cell ends', () => {
  const { jupyter, recorder, settled } = start();
  jupyter.progress(10).set(4);
  expect(recorder.of('display')).toHaveLength(1);
  expect(settled()).toBeUndefined();
  expect(recorder.of('display').at(-1)?.data['text/plain']).toMatch(/40 % \(4\/10\)/);
  settled();
  expect(recorder.of('display')).toHaveLength(2);
});

test('progress of anything else is refused, with the remedy', () => {
  const { jupyter } = start();
  expect(() => jupyter.progress({} as never)).toThrow(
    /a number of steps or something to iterate over was expected, got \{\}/,
  );
});
