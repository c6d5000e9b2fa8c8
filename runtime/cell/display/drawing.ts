// Values that can draw themselves: canvases, what has a canvas, and images that are still to be made.

import { types } from '#host/inspection';
import type { MimeBundle } from '../../events.ts';
import { base64 } from './bundle.ts';
import { imageType } from './image-type.ts';
import { dataOf, isObject, methodOf } from './reflect.ts';

/** The picture of a value; undefined if it draws none. */
export function drawingBundle(value: object): MimeBundle | Promise<MimeBundle | undefined> | undefined {
  const held = dataOf(value, 'canvas');
  return canvasBundle(value) ?? (isObject(held) ? canvasBundle(held) : undefined) ?? madeImage(value);
}

function canvasBundle(value: object): MimeBundle | Promise<MimeBundle> | undefined {
  const draw = methodOf(value, 'getContext') && (methodOf(value, 'toDataURLSync') ?? methodOf(value, 'toDataURL'));
  const url = draw?.call(value, 'image/png');
  if (types.isPromise(url)) return url.then((made) => ({ 'image/png': payload(made) }));
  return draw && { 'image/png': payload(url) };
}

/** What can be written to a file or to a buffer, if that holds an image: sharp. Its copy is used, for some can be read once. */
function madeImage(value: object): Promise<MimeBundle | undefined> | undefined {
  if (!methodOf(value, 'toBuffer') || !methodOf(value, 'toFile') || !methodOf(value, 'clone')) return undefined;
  const copy = () => methodOf(value, 'clone')?.call(value) as object;
  const bytesOf = async (made: object) => await methodOf(made, 'toBuffer')?.call(made);
  return (async () => {
    const made = imageOf(await bytesOf(copy()));
    if (made) return made;
    // Its format is not said yet, or is one that no browser shows.
    const one = copy();
    const drawn = methodOf(one, 'png')?.call(one);
    return isObject(drawn) ? imageOf(await bytesOf(drawn)) : undefined;
  })();
}

/** Bytes of an image. */
export function imageOf(bytes: unknown): MimeBundle | undefined {
  const type = types.isUint8Array(bytes) ? imageType(bytes) : undefined;
  return type && types.isUint8Array(bytes) ? { [type]: base64(bytes) } : undefined;
}

/** Bytes, a data URL, or a string that is already text or base64. */
export function payload(part: unknown): unknown {
  if (types.isUint8Array(part)) return base64(part);
  if (typeof part !== 'string') return undefined;
  const url = /^data:[^,]*;base64,/.exec(part.slice(0, 200));
  return url ? part.slice(url[0].length) : part;
}
