// html, svg, markdown, latex, json, vega, table and image: what they hold, and what they refuse.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { image } from '../../../runtime/cell/display/image.ts';
import { html, json, latex, markdown, svg, table, vega } from '../../../runtime/cell/display/markup.ts';
import { render } from '../../../runtime/cell/display/render.ts';
import { jsx } from '../../../runtime/jsx-runtime.ts';

test('each is displayed, as a last expression and by display()', () => {
  expect(render(html('<b>x</b>'))).toMatchObject({ data: { 'text/html': '<b>x</b>', 'text/plain': '<b>x</b>' } });
  expect(svg('<svg/>').data).toHaveProperty(['image/svg+xml'], '<svg/>');
  expect(markdown('# x').data).toHaveProperty(['text/markdown'], '# x');
  expect(html('x')[Symbol.for('Jupyter.display') as never]).toBeDefined();
});

test('a template escapes its values, except markup', () => {
  const name = '<script>';
  expect(html`<b>${name}</b>${[1, html`<i>${'&'}</i>`]}${null}${jsx('u', { children: 'x' })}`.data['text/html']).toBe(
    '<b>&lt;script&gt;</b>1<i>&amp;</i><u>x</u>',
  );
});

test('LaTeX needs no doubled backslashes in a template, and is set as math unless it says otherwise', () => {
  expect(latex`\frac{1}{${2}}`.data['text/latex']).toBe('$$\\frac{1}{2}$$');
  expect(latex('$x$').data['text/latex']).toBe('$x$');
  expect(latex('\\begin{align}x\\end{align}').data['text/latex']).not.toContain('$');
});

test('a value that is not a string is refused, with the remedy', () => {
  expect(() => html(42 as never)).toThrow(
    'html: a string was expected, got 42. To show any value, use display(value).',
  );
  expect(() => markdown(undefined as never)).toThrow(/markdown: a string was expected, got undefined/);
});

test('json shows what JSON can represent as a tree', () => {
  const shown = json({ a: [1] }, { expanded: true });
  expect(shown.data).toEqual({ 'application/json': { a: [1] }, 'text/plain': '{ a: [ 1 ] }' });
  expect(shown.metadata).toEqual({ 'application/json': { expanded: true } });
  expect(() => json(() => 1)).toThrow(/a value that JSON can hold was expected, got \[Function/);
  expect(() => json(1n)).toThrow(/BigInt/);
});

test('vega takes specifications with and without their schema', () => {
  expect(Object.keys(vega({ mark: 'bar' }).data)[0]).toBe('application/vnd.vegalite.v5+json');
  expect(Object.keys(vega({ marks: [] }).data)[0]).toBe('application/vnd.vega.v5+json');
  expect(Object.keys(vega({ $schema: 'https://vega.github.io/schema/vega-lite/v4.json' }).data)[0]).toBe(
    'application/vnd.vegalite.v4+json',
  );
  expect(() => vega('x' as never)).toThrow(/a vega or vega-lite specification was expected.*got 'x'/);
});

test('a table of objects: columns in order of appearance, numbers to the right, text beside the HTML', () => {
  const { data } = table(
    [
      { name: 'Ada', age: 36 },
      { name: '<Bob>', city: '東京' },
    ],
    { caption: 'people' },
  );
  expect(data['text/plain']).toBe(
    ['people', 'name   age  city', '─────  ───  ────', 'Ada     36', '<Bob>       東京'].join('\n'),
  );
  expect(data['text/html']).toContain('&lt;Bob&gt;');
  expect(data['text/html']).toMatch(/text-align:right">36</);
  expect(data['text/html']).not.toMatch(/(?:^|[;"\s])(?:color|background):\s*(?:#|rgb|black|white)/);
});

test('rows that are arrays, plain values or a Map', () => {
  expect(table([[1, 2]], { columns: ['x', 'y'] }).data['text/plain']).toBe('x  y\n─  ─\n1  2');
  expect(table(['a']).data['text/plain']).toBe('value\n─────\na');
  expect(table(new Map([['k', 1]])).data['text/plain']).toBe('0  1\n─  ─\nk  1');
  expect(table([]).data['text/plain']).toBe('no rows');
  expect(table([], { columns: ['x'] }).data['text/plain']).toBe('x\n─\nno rows');
});

test('a long table is cut off, and says so', () => {
  const { data } = table(Array.from({ length: 300 }, (_, index) => ({ index })));
  expect(data['text/html']).toContain('… 100 more rows');
  expect(data['text/plain']).toMatch(/… 100 more rows$/);
});

test('a value without rows is refused, with the remedy', () => {
  expect(() => table({ a: 1 } as never)).toThrow(/rows were expected.*got \{ a: 1 \}.*table\(\[row\]\)/);
});

const PNG = Buffer.from('89504e470d0a1a0a00', 'hex');
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'cokernel-image-'));
  writeFileSync(path.join(folder, 'photo.png'), PNG);
  writeFileSync(path.join(folder, 'drawing.svg'), '<?xml version="1.0"?>\n<svg></svg>');
  writeFileSync(path.join(folder, 'notes.txt'), 'hello');
});

afterAll(() => rmSync(folder, { recursive: true }));

test('an image from bytes, a path, a file URL or a data URL', () => {
  expect(image(PNG, { width: 20, alt: 'dot' })).toMatchObject({
    data: { 'image/png': PNG.toString('base64'), 'text/plain': 'dot' },
    metadata: { 'image/png': { width: 20, alt: 'dot' } },
  });
  expect(image(path.join(folder, 'photo.png')).data).toHaveProperty(['image/png']);
  expect(image(new URL(`file://${path.join(folder, 'drawing.svg')}`)).data).toHaveProperty(['image/svg+xml']);
  expect(image(`data:image/png;base64,${PNG.toString('base64')}`).data).toHaveProperty(['image/png']);
});

test('a URL on the web is left to the browser', () => {
  expect(image('https://example.org/a.png?b=1&c="', { width: 5 }).data['text/html']).toBe(
    '<img src="https://example.org/a.png?b=1&amp;c=&quot;" alt="" width="5">',
  );
});

test('a missing image: the error says what was looked for and which images there are', () => {
  const missing = path.join(folder, 'foto.png');
  expect(() => image(missing)).toThrow(`${missing} cannot be read (ENOENT). Images there: drawing.svg, photo.png.`);
});

test('bytes that are not an image are refused', () => {
  expect(() => image(path.join(folder, 'notes.txt'))).toThrow(
    /a PNG, JPEG, GIF, WebP or SVG was expected, but .*notes\.txt \(5 bytes\)/,
  );
  expect(() => image(42 as never)).toThrow(/bytes, a path or a URL was expected, got 42/);
});
