// The MIME bundle of a value that can be shown as more than text: Deno's display symbol, the toPng/toSvg/toHtml family,
// image bytes, and what described.ts, frame.ts, element.ts and drawing.ts recognise. The text of values is in plain.ts.

import { types } from '#host/inspection';
import type { MimeBundle } from '../../events.ts';
import { KeyboardInterrupt } from '../interrupt/interrupts.ts';
import { checkedBundle, DISPLAY } from './bundle.ts';
import { describedBundle } from './described.ts';
import { drawingBundle, imageOf, payload } from './drawing.ts';
import { elementBundle } from './element.ts';
import { formula } from './formula.ts';
import { frameBundle } from './frame.ts';
import { recordsBundle } from './records.ts';
import { isObject, methodOf, unwrap } from './reflect.ts';

type Maybe<Value> = Value | Promise<Value> | undefined;

// Method names seen in the wild, best first: nodejs-polars and arquero (toHTML), vega's View (toSVG), IJavascript
// (_toHtml), mathjs (toTex, toLatex).
const METHODS: readonly (readonly [names: readonly string[], type: string])[] = [
  [['toHtml', 'toHTML', '_toHtml', 'text/html'], 'text/html'],
  [['toSvg', 'toSVG', '_toSvg', 'image/svg+xml'], 'image/svg+xml'],
  [['toPng', 'toPNG', '_toPng', 'image/png'], 'image/png'],
  [['toJpeg', 'toJPEG', 'toJpg', '_toJpeg', 'image/jpeg'], 'image/jpeg'],
  [['toMarkdown', '_toMarkdown', 'text/markdown'], 'text/markdown'],
  [['toLatex', 'toLaTeX', 'toTex', '_toLatex', 'text/latex'], 'text/latex'],
];

/** The bundle that a value offers of itself; undefined if it is only text. Throws whatever the value's method throws. */
export function richBundle(value: unknown): Maybe<MimeBundle | undefined> {
  if (!isObject(value)) return undefined;
  const self = unwrap(value);
  if (self === null) return undefined;
  const display = methodOf(self, DISPLAY);
  if (display) return then(display.call(self), (bundle) => checkedBundle(bundle, "[Symbol.for('Jupyter.display')]()"));
  if (types.isUint8Array(self)) return imageOf(self);
  if (Array.isArray(self)) return recordsBundle(self);
  if (typeof self === 'function') return undefined;
  return (
    describedBundle(self) ?? frameBundle(self) ?? elementBundle(self) ?? drawingBundle(self) ?? methodsBundle(self)
  );
}

function then<From, To>(value: From | PromiseLike<From>, next: (value: From) => To): To | Promise<To> {
  return types.isPromise(value) ? value.then(next as never) : next(value as From);
}

function methodsBundle(value: object): Maybe<MimeBundle | undefined> {
  const made: (readonly [type: string, part: unknown])[] = [];
  for (const [names, type] of METHODS) {
    const method = names.map((name) => methodOf(value, name)).find((found) => found !== undefined);
    if (method) made.push([type, partOf(value, method)]);
  }
  if (made.length === 0) return undefined;
  if (!made.some(([, part]) => types.isPromise(part))) return bundleOf(made);
  return Promise.all(made.map(async ([type, part]) => [type, await part] as const)).then(bundleOf);
}

/** What a method gives. One that names parameters may need them, and then says nothing of the value. */
function partOf(value: object, method: (...given: unknown[]) => unknown): unknown {
  if (method.length === 0) return method.call(value);
  try {
    const part = method.call(value);
    return types.isPromise(part) ? part.catch(unlessInterrupt) : part;
  } catch (failure) {
    return unlessInterrupt(failure);
  }
}

function unlessInterrupt(failure: unknown): undefined {
  if (failure instanceof KeyboardInterrupt) throw failure;
}

function bundleOf(made: readonly (readonly [type: string, part: unknown])[]): MimeBundle | undefined {
  const parts = made
    .map(([type, part]) => [type, payload(part)] as const)
    .filter(([, part]) => typeof part === 'string');
  const latex = parts.find(([type]) => type === 'text/latex');
  // A formula: front ends would prefer its HTML, which needs a style sheet.
  const best = latex ? [['text/latex', formula(String(latex[1]))] as const] : parts;
  if (best.length === 0 && made.every(([, part]) => part === undefined)) return undefined;
  return checkedBundle(Object.fromEntries(best), made.map(([type]) => type).join(', '));
}
