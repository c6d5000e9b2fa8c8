// Which values show as more than their text, and how short the text is where that would be a wall. The packages
// themselves are tried in test/long/packages.test.ts; here are the conventions by which they are recognised.

import { inspect } from 'node:util';
import { afterEach, expect, test } from '@jest/globals';
import { showTables } from '../../../runtime/cell/display/records.ts';
import { render } from '../../../runtime/cell/display/render.ts';

afterEach(() => showTables(true));

async function shown(value: unknown): Promise<Readonly<Record<string, unknown>>> {
  return (await render(value)).data;
}

const rows = Array.from({ length: 120 }, (_, at) => ({ at, name: `row <${at}>` }));

test('more than three plain objects with the same keys are a table beside their text', async () => {
  const { 'text/html': html, 'text/plain': text } = await shown(rows);
  expect(text).toBe(inspect(rows, { depth: 4 }));
  expect(String(html).match(/<tr>/g)).toHaveLength(101);
  expect(html).toContain('row &lt;99&gt;');
  expect(html).toContain('… 20 more rows');
  const wide = Array.from({ length: 4 }, () =>
    Object.fromEntries(Array.from({ length: 23 }, (_, at) => [`c${at}`, at])),
  );
  expect((await shown(wide))['text/html']).toContain('… 3 more columns');
  expect(String((await shown(wide))['text/html']).match(/<th/g)?.length).toBe(21);
});

class Row {
  at = 1;
}

test.each<[string, unknown]>([
  ['three rows', rows.slice(0, 3)],
  ['other keys', [...rows.slice(0, 4), { at: 1 }]],
  ['as many keys of other names', [...rows.slice(0, 4), { at: 1, other: 2 }]],
  ['objects of a class', Array.from({ length: 5 }, () => new Row())],
  ['objects without keys', [{}, {}, {}, {}]],
  ['lists', [[1], [2], [3], [4]]],
  ['a proxy among them', [...rows.slice(0, 4), new Proxy({ at: 1, name: '' }, {})]],
  [
    'a getter among them',
    Array.from({ length: 4 }, () => ({
      get at(): number {
        throw new Error('it ran');
      },
    })),
  ],
])('no table: %s', async (_name, value) => {
  expect(Object.keys(await shown(value))).toEqual(['text/plain']);
});

test('a table of rows is bounded, breaks no word, and gives an error one line', async () => {
  const rows = Array.from({ length: 90 }, (_, at) => ({
    at: new Date(at),
    name: `Mercury ${at}`,
    notes: 'x'.repeat(1_000_000),
    failed: new RangeError('bad'),
    one: 'line\nother',
    ...Object.fromEntries(Array.from({ length: 15 }, (_, column) => [`c${column}`, 'y'.repeat(400)])),
  }));
  const html = String((await shown(rows))['text/html']);
  const cells = html.split('</td>').map((cell) => cell.slice(cell.lastIndexOf('<td')));
  expect(cells.reduce((sum, cell) => sum + cell.slice(cell.indexOf('>')).length, 0)).toBeLessThan(110_000);
  expect(html).toMatch(/… [56]\d more rows/);
  expect(cells.slice(0, 5).map((cell) => [/nowrap/.test(cell), cell.replace(/^.*?>/, '').slice(0, 30)])).toEqual([
    [true, '1970-01-01T00:00:00.000Z'],
    [true, 'Mercury 0'],
    [false, 'x'.repeat(30)],
    [true, 'RangeError: bad'],
    [false, 'line\nother'],
  ]);
});

test('the table can be turned off', async () => {
  showTables(false);
  expect(Object.keys(await shown(rows))).toEqual(['text/plain']);
});

class Frame {
  schema = { fields: [{ name: 'a' }, { name: 'b' }] };
  get numRows(): number {
    return 1000;
  }
  *[Symbol.iterator](): Generator {
    for (let at = 0; at < 1000; at++) yield { toJSON: () => ({ a: at, b: `b${at}` }) };
  }
}

class Chunks {
  get rowCount(): number {
    return 4;
  }
  get chunkCount(): number {
    return 2;
  }
  columnNames = () => ['x', 'y'];
  getChunk = (at: number) => ({
    getRows: () => [
      [at, 'p'],
      [at, 'q'],
    ],
  });
}

test.each<[string, unknown, RegExp, string]>([
  ['fields of a schema, and rows', new Frame(), /<td[^>]*>b99<[\s\S]*… 900 more rows/, '1000 rows × 2 columns: a, b'],
  ['rows in chunks', new Chunks(), /<th[^>]*>x<[\s\S]*>q</, '4 rows × 2 columns: x, y'],
  [
    'rows that were read',
    { columnNames: () => ['x'], getRows: () => [[7]], currentRowCount: 1 },
    />7</,
    '1 row × 1 column: x',
  ],
  ['columns and rows', { $columns: ['a'], $data: [[1], [2]] }, />2</, '2 rows × 1 column: a'],
])('a frame is a table, and its text a line: %s', async (_name, value, html, text) => {
  const made = await shown(value);
  expect(made['text/html']).toMatch(html);
  expect(made['text/plain']).toBe(text);
});

const png = Buffer.from('89504e470d0a1a0a00', 'hex');
const made = (bytes: Buffer, drawn?: Buffer) => {
  const value = {
    toFile() {},
    toBuffer: async () => bytes,
    clone: () => value,
    png: () => ({ toBuffer: async () => drawn }),
  };
  return value;
};

test.each<[string, unknown, Record<string, unknown>]>([
  [
    'what has a canvas',
    { canvas: { getContext() {}, toDataURL: () => 'data:image/png;base64,AQ==' } },
    { 'image/png': 'AQ==' },
  ],
  ['an image that is still to be made', made(png), { 'image/png': png.toString('base64') }],
  ['an image without a format', made(Buffer.from('raw'), png), { 'image/png': png.toString('base64') }],
  [
    'a figure of Plotly',
    { data: [{ x: [1] }], layout: {} },
    { 'application/vnd.plotly.v1+json': { data: [{ x: [1] }], layout: {} } },
  ],
  ['a MIME bundle', { 'text/html': '<b>x</b>', 'text/plain': 'x' }, { 'text/html': '<b>x</b>', 'text/plain': 'x' }],
  ['a method with a parameter', { toHTML: (_options: object) => '<i>' }, { 'text/html': '<i>' }],
  ['a method by its type', { 'text/html': () => '<u>' }, { 'text/html': '<u>' }],
  ['LaTeX, which gets delimiters', { toTex: () => 'x^2', toHTML: () => '<sup>' }, { 'text/latex': '$$x^2$$' }],
  ['LaTeX that has them', { toLatex: () => '$x$' }, { 'text/latex': '$x$' }],
])('%s', async (_name, value, expected) => {
  const { 'text/plain': text, ...rich } = { 'text/plain': '', ...(await shown(value)) };
  expect(rich).toEqual(Object.fromEntries(Object.entries(expected).filter(([type]) => type !== 'text/plain')));
  expect(String(text).split('\n').length).toBeLessThanOrEqual(3);
});

test('beside a picture made of its bytes stand how many they are, and the first', async () => {
  const bytes = new Uint8Array(Buffer.concat([png, Buffer.alloc(500)]));
  const text = `Uint8Array(${bytes.length}) [ 137, 80, 78, ... ${bytes.length - 3} more items ]`;
  expect(await shown(bytes)).toMatchObject({ 'image/png': expect.any(String), 'text/plain': text });
});

test.each<[string, unknown]>([
  ['data without a layout', { data: [{}] }],
  ['keys that only look like MIME types', { 'text/html': 5, 'text/plain': 'x' }],
  ['an API of JSON', { 'application/json': { schema: {} } }],
  ['a method that needs its argument', { toHTML: (node: { text: string }) => node.text }],
])('only text, and no complaint: %s', async (_name, value) => {
  const { data, failure } = await render(value);
  expect(Object.keys(data)).toEqual(['text/plain']);
  expect(failure).toBeUndefined();
});

class Opaque {
  #text = '2026-01-02';
  toString(): string {
    return this.#text;
  }
}

class Big extends Opaque {
  lists = Array.from({ length: 5 }, () => Array.from({ length: 30 }, (_, at) => at));
}

class Machine {
  _parts = Array.from({ length: 20 }, (_, at) => ({ at, deep: { list: [at] } }));
  name = 'm';
  speed = 3;
}

class Page {
  _dragging = false;
  _settings = new Row();
  _id = '2C2AB26700FFAB66916D53C63CB1DE91';
}

class Stack {
  _items = Array.from({ length: 30 }, (_, at) => ({ at, of: ['the', 'person'] }));
}

class Own {
  lists = Array.from({ length: 20 }, () => Array(50).fill('x'));
  [inspect.custom] = () => 'Own, by its own word';
}

test.each<[string, unknown, string]>([
  ['an object without visible parts', new Opaque(), '2026-01-02'],
  ['a large object that has a text', new Big(), '2026-01-02'],
  ['internals', new Machine(), 'Machine { name, speed }'],
  [
    'a few internals',
    new Page(),
    "Page { _dragging: false, _settings: Row { at: 1 }, _id: '2C2AB26700FFAB66916D53C63CB1DE91' }",
  ],
  ['an inspect method', new Own(), 'Own, by its own word'],
  [
    'an answer over HTTP',
    {
      status: 200,
      statusText: 'OK',
      headers: { 'content-type': 'x' },
      config: { url: '/' },
      data: [1],
      request: new Machine(),
    },
    "{ status: 200, statusText: 'OK', data: [ 1 ],\n  headers: { content-type },\n  config: { url } }",
  ],
])('the text of %s is short', async (_name, value, text) => {
  expect((await shown(value))['text/plain']).toBe(text);
});

test('an inspect method is called though the class says oddly what its instances are', async () => {
  class Message {
    static [Symbol.hasInstance] = () => true;
    get [Symbol.toStringTag](): string {
      throw new Error('a getter ran');
    }
    [inspect.custom] = () => 'Message: hi';
  }
  expect(await shown([new Message()])).toEqual({ 'text/plain': '[ Message: hi ]' });
});

test('an object with nothing but internals shows them, if they are no wall', async () => {
  expect((await shown(new Stack()))['text/plain']).toBe(inspect(new Stack(), { depth: 4 }));
});
