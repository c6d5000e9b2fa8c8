// The MIME bundle of a value that can be shown as more than text: Deno's display symbol, the toPng/toSvg/toHtml family,
// vega specifications, DOM elements, canvases, image bytes, data frames. The text of values is in plain.ts.

import { types } from 'node:util';
import type { MimeBundle } from '../../events.ts';
import { base64, checkedBundle, DISPLAY } from './bundle.ts';
import { imageType } from './image-type.ts';
import { dataOf, descriptorOf, isObject, methodOf, unwrap } from './reflect.ts';
import { tableBundle } from './table.ts';
import { vegaType } from './vega.ts';

type Maybe<Value> = Value | Promise<Value> | undefined;

// Method names seen in the wild, best first: nodejs-polars and arquero (toHTML), vega's View (toSVG), IJavascript (_toHtml).
const METHODS: readonly (readonly [names: readonly string[], type: string])[] = [
  [['toHtml', 'toHTML', '_toHtml'], 'text/html'],
  [['toSvg', 'toSVG', '_toSvg'], 'image/svg+xml'],
  [['toPng', 'toPNG', '_toPng'], 'image/png'],
  [['toJpeg', 'toJPEG', 'toJpg', '_toJpeg'], 'image/jpeg'],
  [['toMarkdown', '_toMarkdown'], 'text/markdown'],
  [['toLatex', 'toLaTeX', '_toLatex'], 'text/latex'],
];

/** The bundle that a value offers of itself; undefined if it is only text. Throws whatever the value's method throws. */
export function richBundle(value: unknown): Maybe<MimeBundle> {
  if (!isObject(value)) return undefined;
  const self = unwrap(value);
  if (self === null) return undefined;
  const display = methodOf(self, DISPLAY);
  if (display) return then(display.call(self), (bundle) => checkedBundle(bundle, "[Symbol.for('Jupyter.display')]()"));
  if (types.isUint8Array(self)) return imageBundle(self);
  if (Array.isArray(self) || typeof self === 'function') return undefined;
  return vegaBundle(self) ?? frameBundle(self) ?? elementBundle(self) ?? canvasBundle(self) ?? methodsBundle(self);
}

function then<From, To>(value: From | PromiseLike<From>, next: (value: From) => To): To | Promise<To> {
  return types.isPromise(value) ? value.then(next as never) : next(value as From);
}

function imageBundle(bytes: Uint8Array): MimeBundle | undefined {
  const type = imageType(bytes);
  return type ? { [type]: base64(bytes) } : undefined;
}

function vegaBundle(value: object): MimeBundle | undefined {
  const spec = methodOf(value, 'toSpec')?.call(value) ?? value;
  const type = isObject(spec) ? vegaType(dataOf(spec, '$schema')) : undefined;
  return type ? checkedBundle({ [type]: spec }, 'a vega specification') : undefined;
}

// danfo.js keeps its columns and rows in these properties.
function frameBundle(value: object): MimeBundle | undefined {
  const [columns, rows] = [dataOf(value, '$columns'), dataOf(value, '$data')];
  return Array.isArray(columns) && Array.isArray(rows)
    ? tableBundle(rows, { columns: columns.map(String) })
    : undefined;
}

// An element of jsdom, linkedom or happy-dom (Observable Plot makes these): outerHTML is a getter of its class.
function elementBundle(value: object): MimeBundle | undefined {
  const outer = descriptorOf(value, 'outerHTML');
  if (typeof outer !== 'object' || !descriptorOf(value, 'ownerDocument')) return undefined;
  const markup: unknown = Object.hasOwn(value, 'outerHTML') ? outer.value : outer.get?.call(value);
  if (typeof markup !== 'string') return undefined;
  return markup.startsWith('<svg') ? { 'image/svg+xml': markup } : { 'text/html': markup };
}

function canvasBundle(value: object): Maybe<MimeBundle> {
  const draw = methodOf(value, 'getContext') && (methodOf(value, 'toDataURLSync') ?? methodOf(value, 'toDataURL'));
  return draw && then(draw.call(value, 'image/png'), (url) => ({ 'image/png': payload(url) }));
}

function methodsBundle(value: object): Maybe<MimeBundle> {
  const made: (readonly [type: string, part: unknown])[] = [];
  for (const [names, type] of METHODS) {
    const method = names.map((name) => methodOf(value, name)).find((found) => found && found.length === 0);
    if (method) made.push([type, method.call(value)]);
  }
  if (made.length === 0) return undefined;
  if (!made.some(([, part]) => types.isPromise(part))) return bundleOf(made);
  return Promise.all(made.map(async ([type, part]) => [type, await part] as const)).then(bundleOf);
}

function bundleOf(made: readonly (readonly [type: string, part: unknown])[]): MimeBundle {
  const parts = made.map(([type, part]) => [type, payload(part)] as const);
  const bundle = Object.fromEntries(parts.filter(([, part]) => typeof part === 'string'));
  return checkedBundle(bundle, made.map(([type]) => type).join(', '));
}

// Bytes, a data URL, or a string that is already text or base64.
function payload(part: unknown): unknown {
  if (types.isUint8Array(part)) return base64(part);
  if (typeof part !== 'string') return undefined;
  const url = /^data:[^,]*;base64,/.exec(part.slice(0, 200));
  return url ? part.slice(url[0].length) : part;
}
