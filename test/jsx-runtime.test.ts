// JSX in a cell renders to HTML, with all text escaped.

import { expect, test } from '@jest/globals';
import { Fragment, jsx, jsxs, type Markup } from '../runtime/jsx-runtime.ts';

test('elements, attributes and children', () => {
  expect(jsx('p', { id: 'a', children: 'text' }).html).toBe('<p id="a">text</p>');
  expect(jsxs('p', { children: [1, 2n, ' ', jsx('b', { children: 'x' })] }).html).toBe('<p>12 <b>x</b></p>');
  expect(jsx('img', { src: 'a.png', hidden: true, title: undefined, draggable: false }).html).toBe(
    '<img src="a.png" hidden>',
  );
});

test('text and attributes are escaped, markup and dangerouslySetInnerHTML are not', () => {
  expect(jsx('p', { title: '"<&', children: '<script>' }).html).toBe('<p title="&quot;&lt;&amp;">&lt;script&gt;</p>');
  expect(jsx('p', { dangerouslySetInnerHTML: { __html: '<b>1</b>' } }).html).toBe('<p><b>1</b></p>');
});

test('booleans, null and undefined render nothing, and lists nest', () => {
  expect(jsx('p', { children: [true, null, undefined, false, ['a', ['b']]] }).html).toBe('<p>ab</p>');
  expect(jsx('p', { children: new Set(['x', 'y']) }).html).toBe('<p>xy</p>');
});

test('className, htmlFor and a style object become their HTML names', () => {
  expect(jsx('label', { className: 'c', htmlFor: 'i', style: { fontSize: '2em', '--x': 1 } }).html).toBe(
    '<label class="c" for="i" style="font-size:2em;--x:1"></label>',
  );
});

test('components and fragments', () => {
  const Item = ({ name }: { readonly name: string }) => jsx('li', { children: name });
  const list = Fragment({ children: ['a', 'b'].map((name) => jsx(Item, { name, key: name })) });
  expect(list.html).toBe('<li>a</li><li>b</li>');
});

test('it is displayed as HTML', () => {
  const markup = jsx('i', { children: 'x' }) as Markup & Record<symbol, () => unknown>;
  expect(markup[Symbol.for('Jupyter.display')]?.()).toEqual({ 'text/html': '<i>x</i>', 'text/plain': '<i>x</i>' });
});

test('a value that HTML text cannot contain is refused, with the reason', () => {
  expect(() => jsx('button', { onClick: () => 1 })).toThrow(/onClick expected text, and found a function/);
  expect(() => jsx('p', { children: Promise.resolve() as never })).toThrow(/await it first/);
  expect(() => jsx('p', { children: {} as never })).toThrow(/found an object: convert it/);
  expect(() => jsx('p onload=x', {})).toThrow(/the name of an element/);
  expect(() => jsx('p', { 'a><b': 1 })).toThrow(/the name of an attribute/);
});
