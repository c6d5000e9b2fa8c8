// Plain objects that describe a figure, and so are shown as one: vega, Plotly, and MIME bundles.

import { types } from '#host/inspection';
import type { MimeBundle } from '../../events.ts';
import { checkedBundle } from './bundle.ts';
import { LIMITS } from './limits.ts';
import { hasMoreKeys } from './listing.ts';
import { dataOf, isObject, methodOf } from './reflect.ts';
import { vegaType } from './vega.ts';

const { getOwnPropertyDescriptor, getPrototypeOf } = Object;

/** The bundle of a description; undefined if the value describes no figure. */
export function describedBundle(value: object): MimeBundle | undefined {
  return vegaBundle(value) ?? (isPlain(value) ? (plotlyBundle(value) ?? mimeBundle(value)) : undefined);
}

function vegaBundle(value: object): MimeBundle | undefined {
  const spec = methodOf(value, 'toSpec')?.call(value) ?? value;
  const type = isObject(spec) ? vegaType(dataOf(spec, '$schema')) : undefined;
  return type ? checkedBundle({ [type]: spec }, 'a vega specification') : undefined;
}

const PLOTLY = new Set(['data', 'layout', 'config', 'frames']);

/** Traces and a layout: what Plotly.newPlot takes. */
function plotlyBundle(value: object): MimeBundle | undefined {
  const [data, layout] = [dataOf(value, 'data'), dataOf(value, 'layout')];
  const isFigure =
    Array.isArray(data) &&
    data.every(isPlain) &&
    isObject(layout) &&
    isPlain(layout) &&
    Object.keys(value).every((key) => PLOTLY.has(key));
  return isFigure ? checkedBundle({ 'application/vnd.plotly.v1+json': value }, 'a Plotly figure') : undefined;
}

const TYPE = /^(?:text|image|application|audio|video|model)\/[\w.+-]+$/;
const SHOWN = /^(?:text|image)\//;

/** An object whose keys are MIME types, one of them a text or an image at least, with what such types hold. */
function mimeBundle(value: object): MimeBundle | undefined {
  if (hasMoreKeys(value)) return undefined;
  const names = Object.keys(value);
  if (!names.some((name) => SHOWN.test(name))) return undefined;
  for (const name of names) {
    const part: unknown = getOwnPropertyDescriptor(value, name)?.value;
    const fits = SHOWN.test(name) ? typeof part === 'string' || types.isUint8Array(part) : part !== undefined;
    if (!TYPE.test(name) || !fits) return undefined;
  }
  return checkedBundle(value, 'a MIME bundle');
}

function isPlain(value: unknown): value is object {
  return (
    typeof value === 'object' && value !== null && !types.isProxy(value) && getPrototypeOf(value) === Object.prototype
  );
}
