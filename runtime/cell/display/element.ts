// Elements as markup: of a DOM library, and of React, where react-dom is installed beside the notebook.

import { requireInstalled } from '#host/installed-packages';
import type { MimeBundle } from '../../events.ts';
import { dataOf, descriptorOf, isObject, methodOf } from './reflect.ts';

/** The markup of an element; undefined if the value is none. */
export function elementBundle(value: object): MimeBundle | undefined {
  const markup = domMarkup(value) ?? reactMarkup(value);
  if (markup === undefined) return undefined;
  return markup.startsWith('<svg') ? { 'image/svg+xml': markup } : { 'text/html': markup };
}

/** An element of jsdom, linkedom or happy-dom (Observable Plot makes these): outerHTML is a getter of its class. */
function domMarkup(value: object): string | undefined {
  const outer = descriptorOf(value, 'outerHTML');
  if (typeof outer !== 'object' || !descriptorOf(value, 'ownerDocument')) return undefined;
  const markup: unknown = Object.hasOwn(value, 'outerHTML') ? outer.value : outer.get?.call(value);
  return typeof markup === 'string' ? markup : undefined;
}

const REACT = new Set<unknown>([Symbol.for('react.element'), Symbol.for('react.transitional.element')]);

function reactMarkup(value: object): string | undefined {
  if (!REACT.has(dataOf(value, '$$typeof'))) return undefined;
  let server: unknown;
  try {
    server = requireInstalled('react-dom/server');
  } catch {
    return undefined;
  }
  const markup = isObject(server) ? methodOf(server, 'renderToStaticMarkup')?.call(server, value) : undefined;
  return typeof markup === 'string' ? markup : undefined;
}
