// What a MIME bundle may hold, and what is refused where it is displayed.

import { inspect } from 'node:util';
import { expect, test } from '@jest/globals';
import { checkedBundle } from '../../../runtime/cell/display/bundle.ts';
import { createDisplays } from '../../../runtime/cell/display/display.ts';
import { json, vega } from '../../../runtime/cell/display/markup.ts';
import { plainText } from '../../../runtime/cell/display/plain.ts';
import { render } from '../../../runtime/cell/display/render.ts';
import { errorReport } from '../../../runtime/cell/errors/report.ts';
import { createSources } from '../../../runtime/cell/errors/sources.ts';
import { createComms } from '../../../runtime/cell/globals/comms.ts';
import { KeyboardInterrupt } from '../../../runtime/cell/interrupt/interrupts.ts';
import { createRecorder } from '../recorder.ts';

const circle: { self?: unknown } = {};
circle.self = circle;

test('strings stay, lists of lines are joined, bytes become base64, JSON types hold any JSON', () => {
  expect(
    checkedBundle(
      {
        'text/html': '<b>x</b>',
        'text/plain': ['one\n', 'two'],
        'image/png': new Uint8Array([1, 2, 3]),
        'application/json': [1, null, { a: true }],
        'application/vnd.plotly.v1+json': { data: [] },
        'application/geo+json': 5,
      },
      'display',
    ),
  ).toEqual({
    'text/html': '<b>x</b>',
    'text/plain': 'one\ntwo',
    'image/png': 'AQID',
    'application/json': [1, null, { a: true }],
    'application/vnd.plotly.v1+json': { data: [] },
    'application/geo+json': 5,
  });
});

test.each<[string, unknown, string]>([
  ['text/html', 5, "display: 'text/html' expected a string, got 5."],
  ['text/plain', undefined, "display: 'text/plain' expected a string, got undefined."],
  ['text/markdown', ['a', 1], "display: 'text/markdown' expected a string, got [ 'a', 1 ]."],
  ['image/png', {}, "display: 'image/png' expected a string, got {}."],
  [
    'application/json',
    { n: 10n },
    "display: 'application/json' expected a value that JSON can represent, got { n: 10n } (Do not know how to serialize a BigInt).",
  ],
  [
    'application/vnd.vega.v5+json',
    circle,
    "display: 'application/vnd.vega.v5+json' expected a value that JSON can represent, got <ref *1> { self: [Circular *1] } (Converting circular structure to JSON).",
  ],
  [
    'application/json',
    () => 1,
    "display: 'application/json' expected a value that JSON can represent, got [Function (anonymous)].",
  ],
])('what the type cannot hold is refused with a sentence: %s %p', (type, value, sentence) => {
  expect(() => checkedBundle({ [type]: value }, 'display')).toThrow(new TypeError(sentence));
});

test('display, vega and comms refuse what JSON cannot represent, where they are called', () => {
  const { port, events } = createRecorder();
  const { display } = createDisplays(port);
  expect(() => display({ 'application/json': 1n }, { raw: true })).toThrow(/JSON can represent, got 1n/);
  expect(() => display(1, { metadata: { a: 1n } })).toThrow(/^display: metadata expected a value that JSON/);
  expect(() => vega({ mark: 'bar', data: 1n })).toThrow(/^vega: 'application\/vnd.vegalite.v5\+json' expected/);
  const { Comm } = createComms(port);
  expect(() => new Comm('widget', { data: { n: 1n } })).toThrow(/^Comm: data expected a value that JSON/);
  expect(events).toEqual([]);
});

test('a display method whose bundle cannot be sent leaves the text, and says why', () => {
  const shown = render({ [Symbol.for('Jupyter.display')]: () => ({ 'application/json': 1n }), n: 1 });
  expect(shown).toMatchObject({ data: { 'text/plain': expect.stringContaining('n: 1') } });
  expect(String((shown as { failure?: unknown }).failure)).toMatch(/TypeError: .*JSON can represent, got 1n/);
});

/** Code of a person's that an interrupt ends. */
const interrupted = (): never => {
  throw new KeyboardInterrupt();
};

test.each<[string, () => unknown]>([
  ['an inspect method', () => plainText({ [inspect.custom]: interrupted })],
  ['a display method', () => render({ [Symbol.for('Jupyter.display')]: interrupted })],
  ['an asynchronous display method', () => render({ [Symbol.for('Jupyter.display')]: async () => interrupted() })],
  ['toHtml', () => render({ toHtml: interrupted })],
  ['toJSON, in json()', () => json({ toJSON: interrupted })],
  ['toJSON, in a bundle', () => checkedBundle({ 'application/json': { toJSON: interrupted } }, 'display')],
  [
    'the stack of an error',
    () =>
      errorReport(Object.defineProperty(new Error('x'), 'stack', { get: interrupted }), { sources: createSources() }),
  ],
  [
    'the handler of a comm',
    () => {
      const { port } = createRecorder();
      const { Comm, receive } = createComms(port);
      const comm = new Comm('widget');
      comm.onMessage(interrupted);
      comm.onMessage(() => {
        throw new Error('called although the message was interrupted');
      });
      receive({ type: 'comm_msg', execution: 1, commId: comm.commId, data: {} }, []);
    },
  ],
])('an interrupt ends the showing, and is not taken for a failure of the value: %s', async (_name, call) => {
  await expect((async () => call())()).rejects.toThrow(KeyboardInterrupt);
});

test('an interrupted asynchronous display is over, and passes the interrupt on', async () => {
  const { port } = createRecorder();
  const { display, settled } = createDisplays(port);
  display({ [Symbol.for('Jupyter.display')]: async () => interrupted() });
  await expect(settled()).rejects.toThrow(KeyboardInterrupt);
  expect(settled()).toBeUndefined();
});
