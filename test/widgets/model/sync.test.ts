// A model and its pages: what is sent when, merged, echoed, with bytes apart.

import { beforeEach, expect, test } from '@jest/globals';
import { join, separate } from '../../../runtime/widgets/model/buffer-paths.ts';
import { Model } from '../../../runtime/widgets/model/widget-model.ts';
import { type FakeHost, fakeHost } from '../fake-host.ts';

let host: FakeHost;
beforeEach(() => {
  host = fakeHost();
});

const updates = () => host.sent.map(({ data }) => [data.method, data.state]);

test('the first change is sent immediately, those right after it merged, the last value at the end of the cell', () => {
  const model = new Model({}, { a: 0, b: 0 });
  model.set('a', 1);
  model.set('a', 2);
  model.set('b', 3);
  expect(updates()).toEqual([['update', { a: 1 }]]);
  host.endCell();
  expect(updates().slice(1)).toEqual([['update', { a: 2, b: 3 }]]);
  host.later();
  expect(host.sent).toHaveLength(2);
});

test('a value that is set to what it is, is not sent', () => {
  const model = new Model({}, { a: Number.NaN });
  model.set('a', Number.NaN);
  expect(host.sent).toEqual([]);
});

test('merged echoes go out as the answer to the message that changed each value last', () => {
  const model = new Model({}, { a: 0, b: 0 });
  for (const [cause, state] of [
    ['first', { a: 1 }],
    ['second', { a: 2, b: 2 }],
    ['third', { a: 3 }],
  ] as const) {
    host.cause = cause;
    host.update(model.id, state);
  }
  host.later();
  expect(host.sent.map(({ data, cause }) => [cause, data.method, data.state])).toEqual([
    ['first', 'echo_update', { a: 1 }],
    ['third', 'echo_update', { a: 3 }],
    ['second', 'echo_update', { b: 2 }],
  ]);
});

test('what a page changed after the kernel did, and before the kernel said so, stands', () => {
  const model = new Model({}, { a: 0 });
  model.set('a', 1);
  model.set('a', 2);
  host.update(model.id, { a: 9 });
  host.later();
  expect(model.get('a')).toBe(9);
  expect(updates().at(-1)).toEqual(['echo_update', { a: 9 }]);
});

test('all values of a message are there before anybody hears of one', () => {
  const model = new Model({}, { a: 0, b: 0 });
  const heard: unknown[] = [];
  model.hear('a', (a) => heard.push([a, model.get('b')]));
  host.update(model.id, { a: 1, b: 2 });
  expect(heard).toEqual([[1, 2]]);
});

test('a closed widget keeps what it is set to, and tells nobody', () => {
  const model = new Model({}, { a: 0 });
  const told: unknown[] = [];
  model.hear('a', (value) => told.push(value));
  model.close();
  model.set('a', 1);
  host.later();
  expect([model.get('a'), told, host.sent.map(({ data }) => data)]).toEqual([1, [], ['close']]);
});

test('a message is sent after the changes made before it, and not on a closed widget', () => {
  const model = new Model({}, { a: 0 });
  model.set('a', 1);
  model.set('a', 2);
  model.send('hello', [new Uint8Array([1])]);
  expect(host.sent.map(({ data }) => data.state ?? data.content)).toEqual([{ a: 1 }, { a: 2 }, 'hello']);
  model.close();
  model.close();
  expect(host.sent.filter(({ data }) => data === 'close')).toHaveLength(1);
  expect(() => model.send('again', [])).toThrow(/was closed.*Make another/);
});

test.each([
  ['no object', 5],
  ['no method', {}],
  ['a state that is none', { method: 'update', state: [1] }],
  ['a path that leads nowhere', { method: 'update', state: { a: 1 }, buffer_paths: [['x', 'y'], [], 3] }],
])('a message with %s does no harm', (_, data) => {
  const model = new Model({}, { a: 0 });
  host.receive(model.id, data, [new Uint8Array(1), new Uint8Array(1), new Uint8Array(1)]);
  expect(model.closed).toBe(false);
});

test('bytes travel apart by their paths, widgets as references, and come back', () => {
  const widget = {};
  const model = new Model(widget, {});
  const bytes = new Float32Array([1, 2]);
  const state = { deep: [{ bytes }, new ArrayBuffer(3)], child: widget, list: [widget] };
  const { state: json, buffers, paths } = separate(state, (value) => (value === widget ? model.id : undefined));
  expect(JSON.parse(JSON.stringify(json))).toEqual({
    deep: [{}, null],
    child: `IPY_MODEL_${model.id}`,
    list: [`IPY_MODEL_${model.id}`],
  });
  expect(paths).toEqual([
    ['deep', 0, 'bytes'],
    ['deep', 1],
  ]);
  expect(buffers.map(({ byteLength }) => byteLength)).toEqual([8, 3]);
  const back = JSON.parse(JSON.stringify(json));
  join(back, paths, buffers);
  expect([...new Float32Array(back.deep[0].bytes.buffer)]).toEqual([1, 2]);
});

test('what JSON cannot represent is refused where it is set, and says where it stands', () => {
  const model = new Model({}, { a: 0 });
  expect(() => model.set('a', { list: [1n] })).toThrow("The widget's 'a' → 'list' → '0' is a bigint");
  const circle: Record<string, unknown> = {};
  circle.self = circle;
  expect(() => model.set('a', circle)).toThrow(/'a' → 'self' contains itself/);
  expect(model.get('a')).toBe(0);
});

test('bytes whose path leads nowhere are left out, and nothing else is changed', () => {
  const state = { data: 1, list: [0] };
  const paths = [
    ['data', 'x', 'y'],
    ['list', 'length'],
    ['__proto__', 'taken'],
    ['list', 3, 'z'],
    ['nope', 'q'],
    [],
    [{}, 'r'],
    7,
  ];
  join(
    state,
    paths,
    paths.map(() => new Uint8Array(1)),
  );
  expect(state).toEqual({ data: 1, list: [0] });
  expect(({} as { taken?: unknown }).taken).toBeUndefined();
});
