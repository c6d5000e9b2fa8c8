// html, svg, markdown, latex, json, vega, table: displayable values, for a cell's last expression or for display().
// They hold a MIME bundle and send nothing.

import { types } from '#host/inspection';
import { escapeHtml } from '../../escape.ts';
import type { MimeBundle } from '../../events.ts';
import { KeyboardInterrupt } from '../interrupt/interrupts.ts';
import { briefText, checkedBundle, DISPLAY, Displayable } from './bundle.ts';
import { formula } from './formula.ts';
import { plainText } from './plain.ts';
import { dataOf, isObject, methodOf } from './reflect.ts';
import { type TableOptions, tableBundle } from './table.ts';
import { vegaType } from './vega.ts';

/** A function of a string, or the tag of a template: html('<b>x</b>') or html`<b>${name}</b>`. */
export interface Markup {
  (text: string): Displayable;
  (strings: TemplateStringsArray, ...values: unknown[]): Displayable;
}

/** HTML to display. Values in a template are escaped, except other HTML and JSX. */
export const html: Markup = markup('html', 'text/html', htmlValue);

/** SVG markup, displayed as a picture. Values in a template are escaped. */
export const svg: Markup = markup('svg', 'image/svg+xml', htmlValue);

/** Markdown, displayed as rich text. */
export const markdown: Markup = markup('markdown', 'text/markdown', String);

/** LaTeX, displayed typeset. In a template, backslashes need no doubling; without `$` it is set as display math. */
export const latex: Markup = markup('latex', 'text/latex', String, formula);

/**
 * A value as a tree to expand.
 *
 * @param value anything that JSON can represent
 * @throws {TypeError} if JSON cannot represent it
 */
export function json(value: unknown, options: { readonly expanded?: boolean } = {}): Displayable {
  let data: unknown;
  try {
    const text = JSON.stringify(value);
    data = text === undefined ? undefined : JSON.parse(text);
  } catch (error) {
    if (error instanceof KeyboardInterrupt) throw error;
    throw new TypeError(`json: a value that JSON can hold was expected, got ${briefText(value)}: ${String(error)}`);
  }
  if (data === undefined) {
    throw new TypeError(`json: a value that JSON can hold was expected, got ${briefText(value)}. Use display(value).`);
  }
  const metadata = { 'application/json': { expanded: options.expanded ?? false } };
  return new Displayable({ 'application/json': data, 'text/plain': plainText(data) }, metadata);
}

/**
 * A vega or vega-lite specification, or an object of vega-lite-api, as a chart.
 *
 * @throws {TypeError} if it is not a specification
 */
export function vega(spec: object): Displayable {
  const whole: unknown = isObject(spec) ? (methodOf(spec, 'toSpec')?.call(spec) ?? spec) : undefined;
  if (!isObject(whole) || Array.isArray(whole)) {
    throw new TypeError(
      `vega: a vega or vega-lite specification was expected, such as { mark: 'bar', data: …, encoding: … }, got ${briefText(spec)}.`,
    );
  }
  const named = vegaType(dataOf(whole, '$schema'));
  const type =
    named ??
    (Array.isArray(dataOf(whole, 'marks')) ? 'application/vnd.vega.v5+json' : 'application/vnd.vegalite.v5+json');
  return new Displayable(checkedBundle({ [type]: whole, 'text/plain': plainText(whole) }, 'vega'));
}

/**
 * Rows as a table.
 *
 * @param rows objects, arrays (named by `columns`) or plain values
 * @throws {TypeError} if `rows` is not iterable
 */
export function table(rows: Iterable<unknown>, options: TableOptions = {}): Displayable {
  return new Displayable(tableBundle(rows, options));
}

type Given = string | TemplateStringsArray;

function markup(name: string, type: string, put: (value: unknown) => string, finish = (text: string) => text): Markup {
  function make(given: Given, ...values: unknown[]): Displayable {
    if (typeof given === 'string') return shown(given);
    if (!Array.isArray(given) || !Array.isArray(given.raw)) {
      throw new TypeError(
        `${name}: a string was expected, got ${briefText(given)}. To show any value, use display(value).`,
      );
    }
    return shown(String.raw({ raw: type === 'text/latex' ? given.raw : given }, ...values.map(put)));
  }
  const shown = (text: string): Displayable => {
    const whole = finish(text);
    return new Displayable({ [type]: whole, 'text/plain': whole });
  };
  Object.defineProperty(make, 'name', { value: name });
  return make as Markup;
}

function htmlValue(value: unknown): string {
  if (value === null || value === undefined || typeof value === 'boolean') return '';
  if (Array.isArray(value)) return value.map(htmlValue).join('');
  return markupOf(value) ?? escapeHtml(String(value));
}

// Values displayed as HTML or SVG are inserted unescaped.
function markupOf(value: unknown): string | undefined {
  const bundle = isObject(value) ? methodOf(value, DISPLAY)?.call(value) : undefined;
  if (!isObject(bundle) || types.isPromise(bundle)) return undefined;
  const { 'text/html': asHtml, 'image/svg+xml': asSvg } = bundle as MimeBundle;
  const text = asHtml ?? asSvg;
  return typeof text === 'string' ? text : undefined;
}
